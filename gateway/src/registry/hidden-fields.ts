import { Kind, parse } from 'graphql';
import type { Broken } from './operations-check.ts';

/**
 * What gateways would miss: root fields that begin with `_` are asked by them alone (feeds of events, ended sessions), so no client's operation
 * tells that they are needed.
 */
export function hiddenBreaks(before: string | undefined, after: string): Broken[] {
  if (before === undefined) return [];
  const left = hiddenFields(after);
  const breaks = [...hiddenFields(before)]
    .filter((field) => !left.has(field))
    .map((field) => ({ at: `Query.${field}`, why: 'gateways ask it, and it is no more' }));
  return breaks.length > 0
    ? [{ operation: 'what gateways ask', hash: null, breaks, clients: ['every gateway'], last: null, count: 0 }]
    : [];
}

function hiddenFields(sdl: string): Set<string> {
  const fields = new Set<string>();
  for (const definition of parse(sdl, { noLocation: true }).definitions) {
    const isObject = definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION;
    if (!isObject || definition.name.value !== 'Query') continue;
    for (const { name } of definition.fields ?? []) if (name.value.startsWith('_')) fields.add(name.value);
  }
  return fields;
}
