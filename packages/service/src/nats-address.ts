import type { ConnectionOptions } from '@nats-io/transport-node';

/**
 * What NATS' client is told for a NATS_URL: `nats://user:password@host:4222`, servers of a cluster parted by commas. Who
 * has a name hears answers under it only (`_INBOX.<user>.>`), so that a server can keep one's answers from the others.
 */
export function natsAddress(natsUrl: string): Pick<ConnectionOptions, 'servers' | 'user' | 'pass' | 'inboxPrefix'> {
  const urls = natsUrl.split(',').map((url) => new URL(url));
  const servers = urls.map(({ protocol, host }) => `${protocol}//${host}`);
  const named = urls.find(({ username }) => username !== '');
  if (!named) return { servers };
  const user = decodeURIComponent(named.username);
  return { servers, user, pass: decodeURIComponent(named.password), inboxPrefix: `_INBOX.${user}` };
}

/** The address without the secret, for people. */
export const withoutSecret = (natsUrl: string): string => natsAddress(natsUrl).servers?.toString() ?? '';
