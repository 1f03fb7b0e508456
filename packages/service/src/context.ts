import type { EntityManager } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import type { Trail } from './audit-trail.ts';
import type { Clock } from './clock.ts';
import type { ErrorCode } from './errors.ts';
import type { Language } from './language.ts';
import type { Log } from './log.ts';
import { traceIdIn } from './trace-context.ts';
import type { Viewer } from './viewer.ts';

/** What a resolver gets: one request of one viewer. `Deps` is what the service itself wires. */
export interface Context<Deps = unknown> {
  /** The name of the service that answers. */
  service: string;
  viewer: Viewer;
  language: Language;
  /** The moment of the request; every rule inside it uses this one. */
  now: Date;
  /** The request's own unit of work, inside the viewer's row-level-security context. */
  em: EntityManager;
  requestId: string;
  traceparent: string | null;
  /** The caller's IP address as the gateway saw it; null when it did not say. */
  address: string | null;
  /** Every line of it carries the ids of the request and of its trace. */
  log: Log;
  deps: Deps;
  /** From here on the request is this person's: what a sign-in answers is read with their rights. */
  become(viewer: Viewer): void;
  /** For the audit log: what was asked for and denied, by `Type.field` or the type of a reference. Nobody waits for it. */
  denied(field: string, code: ErrorCode, subjectId: string | null): void;
  /** Loads a row by the name of its GraphQL type and its id, batched per request; null when absent or not to be seen. */
  load<Row>(type: string, id: string): Promise<Row | null>;
}

/** Loads rows of one type by id; what is absent or invisible is left out. */
export type ReferenceLoader = (context: Context, ids: string[]) => Promise<{ id: string }[]>;

export interface ContextParts<Deps> extends Omit<Context<Deps>, 'load' | 'now' | 'em' | 'become' | 'denied'> {
  trail: Pick<Trail, 'note'>;
  clock: Clock;
  forViewer(viewer: Viewer): EntityManager;
  loaders: Record<string, ReferenceLoader>;
}

export function makeContext<Deps>({ clock, loaders, forViewer, trail, viewer: first, log, ...parts }: ContextParts<Deps>): Context<Deps> {
  const batches = new Map<string, DataLoader<string, unknown>>();
  const asking = { viewer: first, em: forViewer(first) };
  let ownLog: Log | undefined;
  // Read through the prototype: Apollo hands resolvers a copy of the context's own properties.
  const whoAsks = {
    get viewer() {
      return asking.viewer;
    },
    get em() {
      return asking.em;
    },
    get log() {
      ownLog ??= log.child({ requestId: parts.requestId, ...traceIdIn(parts.traceparent) });
      return ownLog;
    },
  };
  const context: Context<Deps> = Object.assign(Object.create(whoAsks) as typeof whoAsks, {
    ...parts,
    now: clock.now(),
    load: <Row>(type: string, id: string) => batch(type).load(id) as Promise<Row | null>,
    denied: (field: string, code: ErrorCode, subjectId: string | null) => {
      // A class of watchers and the gateway itself ask for nobody.
      if (asking.viewer.kind === 'PERSON' || asking.viewer.kind === 'ANONYMOUS')
        trail.note(context, { act: 'ACCESS', outcome: 'REFUSED', field, code, subjectId });
    },
    become: (viewer: Viewer) => {
      Object.assign(asking, { viewer, em: forViewer(viewer) });
      batches.clear();
    },
  });
  const batch = (type: string): DataLoader<string, unknown> => {
    const load = loaders[type];
    if (!load) throw new Error(`no reference loader for ${type}`);
    let known = batches.get(type);
    if (!known) {
      known = new DataLoader(async (ids: readonly string[]) => {
        const rows = new Map((await load(context, [...ids])).map((row) => [row.id, row]));
        return ids.map((id) => rows.get(id) ?? null);
      });
      batches.set(type, known);
    }
    return known;
  };
  return context;
}
