import type { IncomingHttpHeaders } from 'node:http';

const NAME = /^[\w.-]{1,60}$/;
const VERSION = /^[\w.+-]{1,40}$/;

/** Which program asks, as it says itself: `portal 1.4.2`. Absent where it does not, or not in a sane form. */
export function clientOf(headers: IncomingHttpHeaders): string | undefined {
  const name = headers['apollographql-client-name'] ?? headers['x-client-name'];
  if (name === undefined) return undefined;
  return clientName(name, headers['apollographql-client-version'] ?? headers['x-client-version']);
}

export function clientName(name: unknown, version: unknown): string | undefined {
  if (typeof name !== 'string' || !NAME.test(name)) return undefined;
  return typeof version === 'string' && VERSION.test(version) ? `${name} ${version}` : name;
}
