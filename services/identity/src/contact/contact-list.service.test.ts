import { demoId } from '@atende/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contactsOf, LIST } from '../testing/contacts.ts';
import { ana, bruno, carla, gisele, startIdentity, type TestIdentity } from '../testing/identity.ts';

let identity: TestIdentity;
beforeAll(async () => {
  identity = await startIdentity();
}, 60_000);
afterAll(() => identity[Symbol.asyncDispose]());

const { invite, deactivate, names } = contactsOf(() => identity);

describe('the list of contacts', () => {
  it('holds the organization’s own, by name, for its contacts; and all for staff', async () => {
    expect(await names(bruno, {})).toEqual(expect.arrayContaining(['Ana Souza', 'Bruno Lima']));
    expect(await names(bruno, {})).not.toContain('Gisele Prado');
    expect(await names(carla, {})).toEqual(expect.arrayContaining(['Ana Souza', 'Gisele Prado']));
    expect(await names('rita@support.example', {})).toEqual([]);
  });

  it('shows an ordinary contact the names of colleagues, and how to reach the administrators', async () => {
    const { data } = await identity.as(bruno, LIST, { first: 100, filter: { text: 'souza' } });
    expect(data.contacts.edges.map((edge: { node: object }) => edge.node)).toEqual([
      { name: 'Ana Souza', email: ana, phone: '+55 11 0000-0101', mayOpen: null, administrator: true },
    ]);
    const { contact } = await invite(ana, { name: 'Zé Colega' });
    expect(contact.email).not.toBeNull();
    const seen = await identity.as(bruno, LIST, { first: 100, filter: { text: 'ze colega' } });
    expect(seen.data.contacts.edges[0].node).toEqual({ name: 'Zé Colega', email: null, phone: null, mayOpen: null, administrator: false });
  });

  it('finds by a part of an e-mail only who may read that e-mail', async () => {
    await invite(ana, { email: 'findme@acme.example', name: 'Escondida' });
    expect(await names(ana, { filter: { text: 'findme@' } })).toEqual(['Escondida']);
    expect(await names(carla, { filter: { text: 'findme' } })).toEqual(['Escondida']);
    expect(await names(bruno, { filter: { text: 'findme' } })).toEqual([]);
    for (const text of ['%', '_', '\u0000', '']) expect(await names(ana, { filter: { text } })).toEqual([]);
  });

  it('goes page by page without a gap or a double, though rows are added', async () => {
    const whole = await names(ana, {});
    const walked: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await identity.as(ana, LIST, { first: 2, after });
      walked.push(...data.contacts.edges.map((edge: { node: { name: string } }) => edge.node.name));
      after = data.contacts.pageInfo.hasNextPage ? data.contacts.pageInfo.endCursor : null;
      if (walked.length === 2) await invite(ana, { name: 'Aaa antes de todos' });
    } while (after);
    expect(walked).toEqual(whole);
  });

  it('gives nothing foreign for a foreign cursor or organization', async () => {
    const foreign = (await identity.as(carla, LIST, { first: 1 })).data.contacts.pageInfo.endCursor;
    const own = await names(gisele, {});
    expect((await names(gisele, { after: foreign })).every((name: string) => own.includes(name))).toBe(true);
    expect(own).not.toContain('Ana Souza');
    expect(await names(gisele, { filter: { organizationId: demoId('org', 'ACME01') } })).toEqual([]);
    expect(await names(gisele, { filter: { organizationId: '\u0000' } })).toEqual([]);
  });

  it.each([[undefined], [0], [101], [1_000_000_000]])('FIRST_REQUIRED: first may not be %s', async (first) => {
    expect((await identity.as(ana, LIST, { first })).errors).toMatchObject([{ extensions: { code: 'FIRST_REQUIRED' } }]);
  });

  it('refuses a cursor that is none', async () => {
    expect((await identity.as(ana, LIST, { first: 1, after: 'nonsense' })).errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });

  it('can be narrowed to administrators and to former contacts', async () => {
    expect(await names(ana, { filter: { administrator: true } })).toEqual(['Ana Souza']);
    const { contact } = await invite(ana, { name: 'Foi Embora' });
    await deactivate(ana, contact.id);
    expect(await names(ana, { filter: { active: false } })).toContain('Foi Embora');
  });
});
