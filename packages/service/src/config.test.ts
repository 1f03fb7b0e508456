import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { BadConfiguration, parseConfig, serviceSettings, setting } from './config.ts';

const good = {
  PORT: '4102',
  PROBE_PORT: '4202',
  NATS_URL: 'nats://127.0.0.1:14222',
  NATS_PREFIX: 'atende',
  DATABASE_URL: 'postgresql://a:b@127.0.0.1/x',
  DATABASE_WORKER_URL: 'postgres://a:b@127.0.0.1/x',
  GATEWAY_JWKS_URL: 'http://127.0.0.1:4000/jwks.json',
};
const parse = (environment: Record<string, string | undefined>) => parseConfig(serviceSettings, environment);
function faultsOf(environment: Record<string, string | undefined>): string[] {
  try {
    parse(environment);
  } catch (error) {
    if (error instanceof BadConfiguration) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('configuration', () => {
  it('reads numbers and flags and fills in what may be left out', () => {
    expect(parse(good)).toMatchObject({
      HOST: '127.0.0.1',
      PORT: 4102,
      ATENDE_ENV: 'production',
      ATENDE_DEMO: false,
      EXIT_WITH_PARENT: false,
      DATABASE_POOL: 8,
    });
    expect(parse({ ...good, EXIT_WITH_PARENT: '1' }).EXIT_WITH_PARENT).toBe(true);
  });

  it('tells every fault at once, each with what it is and an example', () => {
    const [title, head, ...rows] = faultsOf({
      ...good,
      PORT: 'ninety',
      NATS_PREFIX: 'No Spaces',
      DATABASE_URL: undefined,
      GATEWAY_JWKS_URL: '',
      LOG_LEVEL: 'loud',
    });
    expect(title).toBe('The configuration has 5 fault(s):');
    expect(head).toMatch(/variable +fault +what it is +example/);
    expect(rows.map((row) => row.trim().split(/ {2,}/)[0])).toEqual([
      'PORT',
      'NATS_PREFIX',
      'LOG_LEVEL',
      'DATABASE_URL',
      'GATEWAY_JWKS_URL',
    ]);
    expect(rows[3]).toMatch(/missing +the database as role app +postgresql:/);
    expect(rows[4]).toMatch(/missing/);
  });

  it('has no default where a default would be dangerous', () => {
    for (const name of ['NATS_PREFIX', 'DATABASE_URL', 'DATABASE_WORKER_URL', 'GATEWAY_JWKS_URL', 'PORT']) {
      expect(faultsOf({ ...good, [name]: undefined }).join()).toContain(name);
    }
  });

  it('never repeats a value that was given: it may be a password', () => {
    expect(faultsOf({ ...good, DATABASE_URL: 'mysql://root:canary@db' }).join()).not.toContain('canary');
  });

  it.each([
    [{ ATENDE_ENV: 'production' }, 'not in production'],
    [{ ATENDE_ENV: 'development', HOST: '0.0.0.0' }, 'only on a loopback HOST'],
  ])('refuses demo data with %p, in the same table', (environment, reason) => {
    const rows = faultsOf({ ...good, ATENDE_DEMO: '1', LOG_LEVEL: 'loud', ...environment });
    expect(rows.join()).toContain('LOG_LEVEL');
    expect(rows.find((row) => row.includes('ATENDE_DEMO'))).toContain(reason);
  });

  it('allows demo data in development on loopback', () => {
    expect(parse({ ...good, ATENDE_DEMO: '1', ATENDE_ENV: 'development' }).ATENDE_DEMO).toBe(true);
  });

  it('has every variable in the README', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    for (const name of Object.keys(serviceSettings)) expect(readme).toContain(`\`${name}\``);
  });

  it('takes settings of a service’s own', () => {
    const own = { TOYS: setting(z.coerce.number(), 'how many', '3') };
    expect(parseConfig(own, { TOYS: '3' })).toEqual({ TOYS: 3 });
    expect(() => parseConfig(own, { TOYS: 'three' })).toThrow(BadConfiguration);
  });
});
