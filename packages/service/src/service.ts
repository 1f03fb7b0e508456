import type { EntityManager, EntityName } from '@mikro-orm/postgresql';
import type { FastifyInstance } from 'fastify';
import type { Trail } from './audit-trail.ts';
import type { Clock } from './clock.ts';
import type { ServiceConfig, Settings, Values } from './config.ts';
import type { Consumer } from './consumer.ts';
import type { ReferenceLoader } from './context.ts';
import type { Backlog } from './database-pulse.ts';
import type { Messages } from './errors.ts';
import { eventEntity } from './event.ts';
import { eventPolicies } from './event-policies.ts';
import type { Language } from './language.ts';
import type { Log } from './log.ts';
import type { Probes } from './probes.ts';
import type { Viewer } from './viewer.ts';

/** What a service's own parts are wired from, once at start. */
export interface Wiring<Own> {
  config: ServiceConfig & Own;
  clock: Clock;
  log: Log;
  probes: Probes;
  /** For what the audit log must hold and no change records. */
  trail: Trail;
  /** A unit of work of the worker role. */
  forWorker(): EntityManager;
  /** A unit of work inside a viewer's row-level-security context, for the service's own HTTP. */
  forViewer(viewer: Viewer): EntityManager;
}

/** What a row says in a language. */
// biome-ignore lint/suspicious/noExplicitAny: each is written for its own row
export type Spoken = (row: any, language: Language) => string;

/** Repeated work of the worker role. */
export interface Job<Deps> {
  name: string;
  /** ms between the end of a run and the next. */
  everyMs: number;
  run(work: { em: EntityManager; clock: Clock; log: Log; deps: Deps }): Promise<void>;
}

/** The table of contents of a service: everything it is made of, in one place. */
export interface Service<Deps = unknown, S extends Settings = Settings> {
  name: string;
  /** URL of the service's own folder, where migrations and `schema.graphql` stand. */
  home: URL;
  /** Its `event` table; `eventEntity` with policies of its own where requests read the history. */
  event: EntityName;
  entities: EntityName[];
  // biome-ignore lint/complexity/noBannedTypes: type-graphql names resolver classes by this type
  resolvers: Function[];
  /** GraphQL type → how its rows are loaded by id, for `_entities` and relations. */
  references: Record<string, ReferenceLoader>;
  /** `Type.field` → a value that depends on the row and the reader's language alone; asked for each row, so nothing here may wait. */
  spoken: Record<string, Spoken>;
  consumers: Consumer[];
  jobs: Job<Deps>[];
  /** What of its own may pile up: gauges, and alerts on them. */
  backlogs: Backlog[];
  messages: Messages;
  /** Settings of its own beside those of every service. */
  settings: S;
  wire(wiring: Wiring<Values<S>>): Promise<Deps> | Deps;
  /** Its own HTTP beside GraphQL. */
  routes?(server: FastifyInstance, deps: Deps): void | Promise<void>;
  /** Fills an empty database with demo data; must be repeatable. */
  seedDemo?(seed: { em: EntityManager; now: Date; deps: Deps }): Promise<void>;
  /** Fills an empty database with what every installation needs (forms, settings); must be repeatable. */
  seed?(seed: { em: EntityManager; now: Date; deps: Deps }): Promise<void>;
  /** What its process can do beside serving: `node dist/main.js <name> …given`, in one transaction of the worker; answers with a line. */
  commands?: Record<
    string,
    (work: { em: EntityManager; now: Date; config: ServiceConfig & Values<S>; given: string[] }) => Promise<string>
  >;
  /** SQL that narrows the rights of the database roles. */
  rights?: string[];
}

/** Fills in what a small service does not need to say. */
export function defineService<Deps = Record<never, never>, S extends Settings = Record<never, never>>(
  described: Pick<Service<Deps, S>, 'name' | 'home' | 'entities' | 'resolvers'> & Partial<Service<Deps, S>>,
): Service<Deps, S> {
  const nothing = {
    references: {},
    spoken: {},
    consumers: [],
    jobs: [],
    backlogs: [],
    messages: {},
    settings: {} as S,
    wire: () => ({}) as Deps,
    event: eventEntity({ policies: eventPolicies }),
  };
  return { ...nothing, ...described };
}
