// What was written as data, before anything is known of it.

export const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
/** The own properties of whatever was written; nothing of a prototype. */
export const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? Object.assign(Object.create(null), value) : Object.create(null);
/** A text as it stands; whatever else was written is none. */
export const asText = (value: unknown): string => (typeof value === 'string' ? value : '');
