import { describe, expect, test } from '@jest/globals';
import { parseGatewayConfig } from './config.ts';

const GOOD = {
  NATS_URL: 'nats://127.0.0.1:14222',
  NATS_PREFIX: 'atende',
  SUPERGRAPH_FILE: 'supergraph.graphql',
  SIGNING_KEY_FILE: 'key.json',
  IDENTITY_JWKS_URL: 'http://127.0.0.1:4201/jwks.json',
  FILES_URL: 'http://127.0.0.1:4103',
};

describe("the gateway's configuration", () => {
  test('has defaults that suit one machine and open nothing', () => {
    expect(parseGatewayConfig(GOOD)).toMatchObject({
      HOST: '127.0.0.1',
      PORT: 4_000,
      PROBE_PORT: 4_200,
      ATENDE_ENV: 'production',
      SERVICE_URLS: {},
      TRUST_PROXY: '0',
    });
  });

  test('takes addresses of services, several replicas of one', () => {
    const text = 'identity=http://127.0.0.1:1/graphql, tickets=http://a:2/graphql|http://b:3/graphql';
    expect(parseGatewayConfig({ ...GOOD, SERVICE_URLS: text }).SERVICE_URLS).toEqual({
      identity: ['http://127.0.0.1:1/graphql'],
      tickets: ['http://a:2/graphql', 'http://b:3/graphql'],
    });
  });

  test('takes its supergraph from a file or a registry, not from both and not from nowhere', () => {
    const { SUPERGRAPH_FILE: _, ...rest } = GOOD;
    expect(parseGatewayConfig({ ...rest, REGISTRY: '/srv/registry' })).toMatchObject({ REGISTRY: '/srv/registry', CLIENT_NAMES: 'portal' });
    expect(() => parseGatewayConfig(rest)).toThrow(/SUPERGRAPH_FILE +missing, and no REGISTRY either/);
    expect(() => parseGatewayConfig({ ...GOOD, REGISTRY: '/srv/registry' })).toThrow(/SUPERGRAPH_FILE +beside REGISTRY: one of the two/);
    const address = { ...rest, REGISTRY: 'http://registry:4300' };
    expect(() => parseGatewayConfig(address)).toThrow(/REGISTRY +an address needs REGISTRY_TOKEN_FILE and SUPERGRAPH_COPY/);
    expect(parseGatewayConfig({ ...address, REGISTRY_TOKEN_FILE: 't', SUPERGRAPH_COPY: 'c' })).toMatchObject({
      REGISTRY: 'http://registry:4300',
    });
    expect(() => parseGatewayConfig({ ...address, REPLICA_NAME: '../up' })).toThrow(/REPLICA_NAME/);
  });

  test('takes budgets that suffice for any operation, of which a person has at most half of the organization’s', () => {
    expect(parseGatewayConfig({ ...GOOD, RATE_PERSON: '5000/10', RATE_ATTEMPTS: 'off' })).toMatchObject({ RATE_PERSON: '5000/10' });
    expect(() => parseGatewayConfig({ ...GOOD, RATE_ADDRESS: '4999/60' })).toThrow(/RATE_ADDRESS +less than the 5000 points/);
    expect(() => parseGatewayConfig({ ...GOOD, RATE_PERSON: '160000/60' })).toThrow(/RATE_PERSON +more than half of RATE_ORGANIZATION/);
    expect(() => parseGatewayConfig({ ...GOOD, RATE_PERSON: '60000 a minute' })).toThrow(
      /RATE_PERSON +points\/seconds is expected, or off/,
    );
    expect(parseGatewayConfig({ ...GOOD, RATE_PERSON: '160000/60', RATE_ORGANIZATION: 'off' })).toBeTruthy();
  });

  test('tells all faults at once, each with an example', () => {
    const faults = () => parseGatewayConfig({ PORT: '70000', FILES_URL: 'ftp://x', SERVICE_URLS: 'tickets=nowhere', NATS_PREFIX: 'A B' });
    for (const name of [
      'PORT',
      'FILES_URL',
      'SERVICE_URLS',
      'NATS_PREFIX',
      'NATS_URL',
      'SUPERGRAPH_FILE',
      'SIGNING_KEY_FILE',
      'IDENTITY_JWKS_URL',
    ])
      expect(faults).toThrow(new RegExp(`^ +${name} `, 'm'));
    expect(faults).toThrow(/"tickets=nowhere" is not name=http:/);
  });
});
