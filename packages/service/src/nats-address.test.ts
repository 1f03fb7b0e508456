import { describe, expect, it } from '@jest/globals';
import { natsAddress, withoutSecret } from './nats-address.ts';

describe('the address of NATS', () => {
  it('is a server, or several', () => {
    expect(natsAddress('nats://127.0.0.1:14222')).toEqual({ servers: ['nats://127.0.0.1:14222'] });
    expect(natsAddress('tls://a.example:4222,tls://b.example:4222').servers).toEqual(['tls://a.example:4222', 'tls://b.example:4222']);
  });

  it('says who speaks, and where that one hears its answers', () => {
    expect(natsAddress('nats://tickets:a%2Fb%40c@nats:4222')).toEqual({
      servers: ['nats://nats:4222'],
      user: 'tickets',
      pass: 'a/b@c',
      inboxPrefix: '_INBOX.tickets',
    });
  });

  it('is shown without its secret', () => {
    expect(withoutSecret('nats://operator:secret@a:4222,nats://b:4222')).toBe('nats://a:4222,nats://b:4222');
  });
});
