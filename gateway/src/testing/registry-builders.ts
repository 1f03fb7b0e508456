import { type Draft, digestOf } from '../registry/publication.ts';
import type { SeenOperation } from '../registry/seen-operation.ts';

/** A draft whose graph is one text. */
export function buildDraft(text: string, changed: Partial<Draft> = {}): Draft {
  const digest = digestOf(text);
  return {
    by: 'ana@laptop',
    service: 'tickets',
    kind: 'PUBLISHED',
    services: { tickets: { url: 'http://127.0.0.1:4102/graphql', sdl: digest } },
    supergraph: digest,
    ...changed,
  };
}

export function buildSeen(changed: Partial<SeenOperation> = {}): SeenOperation {
  const document = changed.document ?? '{ viewer { id } }';
  const now = new Date().toISOString();
  return {
    hash: digestOf(document),
    name: null,
    document,
    uses: ['Query.viewer'],
    first: now,
    last: now,
    count: 1,
    clients: {},
    ...changed,
  };
}
