import { readFileSync } from 'node:fs';
import { get, type OutgoingHttpHeaders } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startToyHouse, type ToyHouse } from './testing/toy-house.ts';

let house: ToyHouse;
beforeAll(async () => {
  house = await startToyHouse({
    environment: { ATENDE_ENV: 'development', EXAMPLES_DIR: fileURLToPath(new URL('../../examples', import.meta.url)) },
  });
});
afterAll(() => house.stop());

describe('the explorer', () => {
  test('is what a browser gets at /graphql in development', async () => {
    const page = await fetch(`${house.gateway.url}/graphql`, { headers: { accept: 'text/html,application/xhtml+xml' } });
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(await page.text()).toContain('<script type="module" src="/explorer.js">');
    const script = await fetch(`${house.gateway.url}/explorer.js`);
    expect(script.headers.get('content-type')).toMatch(/^text\/javascript/);
  });

  test('stands beside the page of outgoing mail, which shows mails as text', async () => {
    const page = await fetch(`${house.gateway.url}/mailbox`);
    const text = await page.text();
    expect([page.status, text.includes('<script>'), text.includes('<b>')]).toEqual([200, false, false]);
    expect(text).toContain('<a href="https://a.example/x?y=1&#38;z=2" rel="noreferrer">');
    house.identity.mood = 'fails';
    expect((await fetch(`${house.gateway.url}/mailbox`)).status).toBe(503);
    house.identity.mood = 'well';
  });

  test('which is for this machine: no page that had its name lead here reads it, and nobody by a proxy', async () => {
    const statusFor = (headers: OutgoingHttpHeaders) =>
      new Promise((resolve) => get(`${house.gateway.url}/mailbox`, { headers }, (answer) => resolve(answer.resume().statusCode)));
    expect(await statusFor({ host: 'localhost:4000' })).toBe(200);
    for (const headers of [{ host: 'evil.example:4000' }, { host: '127.0.0.1.evil.example' }, { 'x-forwarded-for': '192.0.2.1' }])
      expect(await statusFor(headers)).toBe(404);
  });

  test('asks nobody else for anything', () => {
    for (const file of ['index.html', 'explorer.js']) {
      const text = readFileSync(new URL(`../explorer/${file}`, import.meta.url), 'utf8');
      expect(text).not.toMatch(/(src|href)="(https?:)?\/\//);
      expect(text).not.toMatch(/https?:\/\//);
    }
  });

  test('offers the examples, in the order of their names', async () => {
    const examples = (await (await fetch(`${house.gateway.url}/explorer/examples.json`)).json()) as { name: string; title: string }[];
    expect(examples[0]).toMatchObject({
      name: '01-sign-in',
      title: 'Sign in',
      as: null,
      query: expect.stringContaining('mutation SignIn'),
    });
    expect(examples.map(({ name }) => name)).toEqual(examples.map(({ name }) => name).toSorted());
  });

  test('can read the schema, within the limits', async () => {
    const script = readFileSync(new URL('../explorer/explorer.js', import.meta.url), 'utf8');
    // The query as the page builds it.
    const templates = script.slice(script.indexOf('const TYPE'), script.indexOf('const written'));
    const query = new Function(`${templates}; return SCHEMA;`)() as string;
    const answer = await fetch(`${house.gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const { data, errors } = (await answer.json()) as { data: { __schema: { types: unknown[] } }; errors?: unknown };
    expect(errors).toBeUndefined();
    expect(data.__schema.types.length).toBeGreaterThan(10);
  });
});
