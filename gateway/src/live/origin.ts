import type { IncomingMessage } from 'node:http';

/**
 * Whether a page may open a socket here: one of this address itself or of an origin that is allowed. What is no browser says no origin.
 * Browsers ask no leave for sockets, so this is all that keeps foreign pages out.
 */
export function mayOpenSocket({ headers: { origin, host } }: Pick<IncomingMessage, 'headers'>, allowed: ReadonlySet<string>): boolean {
  if (origin === undefined || allowed.has(origin)) return true;
  const [, ofPage] = /^https?:\/\/([^/?#@\s]+)$/.exec(origin) ?? [];
  return ofPage !== undefined && ofPage === host;
}
