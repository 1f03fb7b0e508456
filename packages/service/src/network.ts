import { isIPv4, isIPv6 } from 'node:net';

/**
 * Where an address is, without saying whose it is: its first 24 bits, of IPv6 the first 48, e.g. `192.0.2.0/24` and
 * `2001:db8:0::/48`. null for what is no address.
 */
export function networkOf(address: string | null): string | null {
  const plain = address?.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '') ?? '';
  if (isIPv4(plain)) return `${plain.split('.').slice(0, 3).join('.')}.0/24`;
  if (!isIPv6(plain)) return null;
  const [head = '', tail] = plain.split('::');
  const groups = head === '' ? [] : head.split(':');
  // What `::` stands for is at least the rest of the first three.
  const [first, second, third] = tail === undefined ? groups : beginningOf(groups, tail);
  return `${[first, second, third].map(bare).join(':')}::/48`;
}

function beginningOf(groups: string[], tail: string): string[] {
  const end = tail === '' ? [] : tail.split(':');
  const zeros = 8 - groups.length - end.length - (tail.includes('.') ? 1 : 0);
  return [...groups, ...Array<string>(Math.max(0, zeros)).fill('0'), ...end];
}

const bare = (group = '0'): string => group.replace(/^0+(?=.)/, '');
