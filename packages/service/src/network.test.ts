import { AuditRecorded } from '@atende/events';
import { describe, expect, it } from '@jest/globals';
import { networkOf } from './network.ts';

describe('the network of an address', () => {
  it.each([
    ['192.0.2.77', '192.0.2.0/24'],
    ['::ffff:192.0.2.77', '192.0.2.0/24'],
    ['2001:DB8:0:1:2:3:4:5', '2001:db8:0::/48'],
    ['2001:db8::1', '2001:db8:0::/48'],
    ['2001:0db8:00ff::', '2001:db8:ff::/48'],
    ['::1', '0:0:0::/48'],
    ['1::2:3:4:5:6:7', '1:0:2::/48'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0::/48'],
  ])('of %s is %s, which an event may say', (address, network) => {
    expect(networkOf(address)).toBe(network);
    expect(AuditRecorded.data.shape.network.parse(network)).toBe(network);
  });

  it.each([null, '', 'unknown', '192.0.2', 'fe80::1%eth0x'.slice(0, 4)])('of %s is none', (address) => {
    expect(networkOf(address)).toBeNull();
  });
});
