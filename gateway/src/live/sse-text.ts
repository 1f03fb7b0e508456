import type { PublicError } from '../mask.ts';
import type { Frame } from './watcher.ts';

/** A comment: nothing to clients, a sign of life to everything in between. */
export const COMMENT = ':\n\n';

/** How long a client shall wait before it comes back, in ms. */
export const retryText = (wait: number): string => `retry: ${wait}\n\n`;

const framed = new WeakMap<Frame, Buffer>();

/** A frame on a stream of its own: bytes that all streams of a group share. Its id is what a client comes back with as Last-Event-ID. */
export function frameText(frame: Frame): Buffer {
  const known = framed.get(frame);
  if (known) return known;
  const bytes = Buffer.from(`event: next\nid: ${frame.cursor}\ndata: ${frame.payload}\n\n`);
  framed.set(frame, bytes);
  return bytes;
}

/** A frame on a stream that several operations share. JSON has no line ends in it, whatever the id is made of. */
export const sharedFrameText = (id: string, { cursor, payload }: Frame): string =>
  `event: next\nid: ${cursor}\ndata: {"id":${JSON.stringify(id)},"payload":${payload}}\n\n`;

/** The one answer of a query or mutation, or errors. It is no event of a service and has no cursor. `id` is null on a stream of its own. */
export const answerText = (id: string | null, payload: string): string =>
  `event: next\ndata: ${id === null ? payload : `{"id":${JSON.stringify(id)},"payload":${payload}}`}\n\n`;

export const errorsText = (id: string | null, errors: readonly PublicError[]): string => answerText(id, JSON.stringify({ errors }));

/** EventSource tells of an event only where there is a data field, if an empty one. */
export const completeText = (id: string | null): string => `event: complete\ndata: ${id === null ? '' : JSON.stringify({ id })}\n\n`;
