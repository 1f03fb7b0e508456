import { demoId, isId } from '@atende/service';
import type { Answer } from '@atende/service/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { auditLogOf } from '../testing/audit-log.ts';
import { contactsOf, DEACTIVATE } from '../testing/contacts.ts';
import { ana, bruno, carla, elisa, gisele, otavio, rita, startIdentity, type TestIdentity } from '../testing/identity.ts';
import { doorOf } from '../testing/sign-in.ts';

let identity: TestIdentity;
beforeAll(async () => {
  identity = await startIdentity();
}, 60_000);
afterAll(() => identity[Symbol.asyncDispose]());

const { signIn } = doorOf(() => identity);
const { invite } = contactsOf(() => identity);
const { page, entries, read } = auditLogOf(() => identity);
const person = (email: string): string => demoId('per', email);

describe('the audit log', () => {
  it('knows who signed in, in which session, and from where', async () => {
    await signIn(bruno);
    const [entry] = await entries({ act: 'SIGN_IN', outcome: 'DONE', actorId: person(bruno) });
    expect(entry).toMatchObject({
      personId: person(bruno),
      actorName: 'Bruno Lima',
      service: 'identity',
      network: '192.0.2.0/24',
      code: null,
    });
    expect(isId('ses', entry?.sessionId)).toBe(true);
  });

  it('knows who was meant when a sign-in was refused; of somebody unknown, nothing that was typed', async () => {
    await signIn(bruno, 'wrong-password');
    const [refused] = await entries({ act: 'SIGN_IN', outcome: 'REFUSED', subjectId: person(bruno) });
    expect(refused).toMatchObject({ code: 'INVALID_CREDENTIALS', actorId: null, sessionId: null, network: '192.0.2.0/24' });
    await signIn('nobody@nowhere.example', 'wrong-password');
    const [, unknown] = (await entries({ act: 'SIGN_IN', outcome: 'REFUSED' }, 2)).toReversed();
    expect(unknown).toMatchObject({ subjectId: null, actorId: null });
  });

  it('knows what an administrator did to a contact, under the request’s id', async () => {
    const { contact } = await invite(ana);
    const [invited] = await entries({ subjectId: contact.id, act: 'CONTACT_SAVED' });
    expect(invited).toMatchObject({ personId: person(ana), organizationId: demoId('org', 'ACME01') });
    const viewer = await identity.viewer(ana);
    await identity.ask(viewer, DEACTIVATE, { input: { contactId: contact.id } }, { 'x-request-id': 'request-deactivation' });
    const [deactivated] = await entries({ subjectId: contact.id, act: 'CONTACT_DEACTIVATED' });
    expect(deactivated).toMatchObject({ requestId: 'request-deactivation', outcome: 'DONE', actorName: 'Ana Souza' });
  });

  it('knows what was denied', async () => {
    const contactId = demoId('con', bruno);
    await identity.as(gisele, DEACTIVATE, { input: { contactId } });
    const [denied] = await entries({ act: 'ACCESS', subjectId: contactId });
    expect(denied).toMatchObject({ outcome: 'REFUSED', code: 'NOT_FOUND', field: 'Mutation.deactivateContact', personId: person(gisele) });
  });

  it('is the auditors’ alone; who else asks is in it', async () => {
    for (const email of [ana, bruno, carla, elisa, otavio])
      expect((await page({}, 1, null, email)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const { errors } = await identity.anybody('{ auditLog(first: 1) { edges { node { id } } } }');
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(await entries({ act: 'ACCESS', actorId: person(elisa) })).toMatchObject([{ field: 'Query.auditLog', code: 'FORBIDDEN' }]);
  });

  it('is read by an act that is in it, with whom it was about', async () => {
    await read({ actorId: person(otavio) });
    const [reading] = await entries({ act: 'AUDIT_READ', subjectId: person(otavio) });
    expect(reading).toMatchObject({ personId: person(rita), outcome: 'DONE' });
  });

  it('pages from the newest to the oldest, each act once', async () => {
    const to = (await read({}))[0]?.at;
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data }: Answer = await page({ to }, 7, after);
      seen.push(...data.auditLog.edges.map(({ node }: { node: { id: string } }) => node.id));
      after = data.auditLog.pageInfo.hasNextPage ? data.auditLog.pageInfo.endCursor : null;
    } while (after);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual((await read({ to })).map(({ id }) => id).slice(0, seen.length));
  });

  it('narrows to a time, and finds nothing by what is no id', async () => {
    const { at } = (await entries({ act: 'SIGN_IN' }))[0] ?? {};
    const later = new Date(new Date(at).getTime() + 1).toISOString();
    expect((await read({ from: at, to: later, act: 'SIGN_IN' })).length).toBeGreaterThan(0);
    expect(await read({ from: '2030-01-01T00:00:00.000Z' })).toEqual([]);
    expect(await read({ subjectId: "' or true --" })).toEqual([]);
  });
});

describe('nobody rewrites it', () => {
  const attempts = ['audit_entry', 'audit_seal'].flatMap((table) => [
    `update ${table} set ${table === 'audit_seal' ? 'hash' : 'act'} = 'x'`,
    `delete from ${table}`,
    `truncate ${table}`,
  ]);

  it.each(['app', 'worker', 'owner'] as const)('not the %s of the database', async (role) => {
    const client = new pg.Client({ connectionString: identity.database.urls[role] });
    await client.connect();
    try {
      for (const attempt of attempts) await expect(client.query(attempt)).rejects.toMatchObject({ code: '42501' });
    } finally {
      await client.end();
    }
  });

  it('nor puts a request anything into it', async () => {
    const client = new pg.Client({ connectionString: identity.database.urls.app });
    await client.connect();
    try {
      const seal = "insert into audit_seal (position, entry_id, hash) values (0, '', '')";
      for (const attempt of [seal, "insert into audit_pending (entry_id) values ('')", 'delete from audit_pending'])
        await expect(client.query(attempt)).rejects.toMatchObject({ code: '42501' });
    } finally {
      await client.end();
    }
  });
});
