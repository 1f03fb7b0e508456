import { anonymous } from '@atende/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ana, carla, elisa, startIdentity, type TestIdentity } from '../testing/identity.ts';
import { refusalOf } from '../testing/staff.ts';

const FIELDS = 'version phone option purpose description hours';
const LIST = `query { helpContacts { ${FIELDS} } }`;
const SAVE = `mutation ($input: SaveHelpContactsInput!) { saveHelpContacts(input: $input) { helpContacts { ${FIELDS} } errors { code field } } }`;

let identity: TestIdentity;
beforeAll(async () => {
  identity = await startIdentity();
}, 60_000);
afterAll(() => identity[Symbol.asyncDispose]());

const save = (as: string, input: Record<string, unknown>) => identity.as(as, SAVE, { input });
const inEnglish = async () => (await identity.ask(anonymous, LIST, {}, { 'accept-language': 'en' })).data.helpContacts;
const buildHelp = (changes: Record<string, unknown> = {}) => ({
  ...{ phone: '+55 11 5555-0000', option: '3', purpose: 'PORTAL_USE', description: { ptBR: 'Uso', en: 'Use' }, hours: { ptBR: 'Sempre' } },
  ...changes,
});

describe('help contacts', () => {
  it('are shown before sign-in, in the language asked for', async () => {
    expect(await inEnglish()).toMatchObject([
      { option: '1', purpose: 'PORTAL_USE', description: 'Use of the portal' },
      {
        option: '2',
        purpose: 'ACCESS_AND_REGISTRATION',
        description: 'Access and registration',
        hours: 'Working days, 8 am to 6 pm (Brasília time)',
      },
    ]);
    expect((await identity.anybody(LIST)).data.helpContacts[0].description).toBe('Uso do portal');
  });

  it('are set by supervisors, the whole list, in its order', async () => {
    const { data } = await save(elisa, {
      contacts: [buildHelp(), buildHelp({ option: null, purpose: 'ACCESS_AND_REGISTRATION' })],
      expectedVersion: 0,
    });
    expect(data.saveHelpContacts.errors).toEqual([]);
    expect(await inEnglish()).toEqual([
      { version: 1, phone: '+55 11 5555-0000', option: '3', purpose: 'PORTAL_USE', description: 'Use', hours: 'Sempre' },
      { version: 1, phone: '+55 11 5555-0000', option: null, purpose: 'ACCESS_AND_REGISTRATION', description: 'Use', hours: 'Sempre' },
    ]);
    expect(refusalOf(await save(elisa, { contacts: [buildHelp()], expectedVersion: 0 }))).toBe('CONFLICT');
    for (const who of [ana, carla]) expect(refusalOf(await save(who, { contacts: [buildHelp()] }))).toBe('FORBIDDEN');
    const events = await identity.worker().execute("select data from event where type = 'help.saved'");
    expect(events).toEqual([{ data: { contacts: 2 } }]);
  });

  it('by two at once are one of the two lists', async () => {
    const answers = await Promise.all(['7', '8', '9'].map((option) => save(elisa, { contacts: [buildHelp({ option })] })));
    const saved = answers.filter((answer) => refusalOf(answer) === '');
    expect(saved.length).toBeGreaterThan(0);
    expect(answers.map(refusalOf).filter((refusal) => refusal !== '' && refusal !== 'CONFLICT')).toEqual([]);
    expect(await inEnglish()).toHaveLength(1);
  });

  it('are never none, and every fault is said at once', async () => {
    expect(refusalOf(await save(elisa, { contacts: [] }))).toBe('input.contacts REQUIRED');
    expect(refusalOf(await save(elisa, { contacts: [buildHelp({ phone: 'x', option: 'a\nb', hours: { ptBR: '' } })] }))).toBe(
      'input.contacts.0.phone BAD_USER_INPUT, input.contacts.0.option BAD_USER_INPUT, input.contacts.0.hours.ptBR REQUIRED',
    );
  });
});
