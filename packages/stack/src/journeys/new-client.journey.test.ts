import { describe, expect, it } from '@jest/globals';
import { eventually } from '../faults/eventually.ts';
import { withStack } from '../testing/with-stack.ts';
import { clientKey, fill } from './filling.ts';
import { codeOfApp, firstAccess } from './newcomer.ts';
import { type Answer, type Person, Portal } from './portal.ts';

let portal: Portal;
withStack((stack) => {
  portal = new Portal(stack.url);
});

const CREATE = `mutation ($input: CreateOrganizationInput!) {
  createOrganization(input: $input) { organization { id code entitlements administrators { email } } errors { code field } } }`;
const IMPORT = `mutation ($input: ImportContactsInput!) {
  importContacts(input: $input) { report { created unchanged refused lines { line outcome errors { code field } } } errors { code } } }`;
const OPEN =
  'mutation ($input: OpenTicketInput!) { openTicket(input: $input) { ticket { organization { code } requester { name } } errors { code field } } }';

const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken errors { code } } }';

/** A thousand people; Lia is new, Hugo is Globex's too, and three lines are wrong. */
function people(): string {
  const lines = Array.from({ length: 1_000 }, (_, at) => `p${at}@initech.example;Pessoa ${at}`);
  lines.splice(500, 3, 'p500;Sem arroba', 'p501@initech.example;', 'P0@initech.example;De novo');
  lines.splice(998, 2, 'hugo@globex.example;Hugo Farias', 'lia@initech.example;Lia Braga'); // the mailbox shows the newest mails
  return `E-mail;Nome\r\n${lines.join('\r\n')}`;
}

/** A gateway that did not wait for the answer is asked again with the same key. */
const patiently = (ask: () => Promise<Answer>): Promise<Answer> =>
  eventually(ask, ({ errors }) => !errors?.some(({ extensions }) => extensions.code === 'DEPENDENCY_UNAVAILABLE'), 30_000);

describe('a new client', () => {
  let elisa: Person;
  let ivo: Person;
  let ivoPassword: string;
  let organizationId: string;

  it('is registered by a supervisor, and its first administrator comes in by the mail', async () => {
    elisa = await portal.as('elisa@support.example');
    const administrator = { email: 'ivo@initech.example', name: 'Ivo Prado' };
    const client = { code: 'INIT01', legalName: 'Initech Ltda.', country: 'BR', plan: 'PRIME', contracts: ['HOSTING'], administrator };
    const { createOrganization } = await elisa.get(CREATE, { input: { clientKey: clientKey(), ...client } });
    expect(createOrganization).toMatchObject({ errors: [], organization: { administrators: [{ email: administrator.email }] } });
    organizationId = createOrganization.organization.id;
    ({ person: ivo, password: ivoPassword } = await firstAccess(portal.url, administrator.email));
    const { viewer } = await ivo.get('{ viewer { permissions contacts { organization { code } } } }');
    expect(viewer.contacts).toEqual([{ organization: { code: 'INIT01' } }]);
    expect(viewer.permissions).toContain('IMPORT_CONTACTS');
  }, 60_000);

  it('brings a thousand contacts in one file: 997 are made, three are told apart, and the file again changes nothing', async () => {
    const send = () => {
      const input = { clientKey: clientKey(), csv: people() };
      return patiently(() => ivo.ask(IMPORT, { input }));
    };
    const { report } = (await send()).data.importContacts;
    expect(report).toMatchObject({ created: 997, unchanged: 0, refused: 3 });
    expect(report.lines.filter(({ outcome }: { outcome: string }) => outcome === 'REFUSED')).toEqual([
      { line: 502, outcome: 'REFUSED', errors: [{ code: 'NOT_AN_EMAIL', field: ['email'] }] },
      { line: 503, outcome: 'REFUSED', errors: [{ code: 'REQUIRED', field: ['name'] }] },
      { line: 504, outcome: 'REFUSED', errors: [{ code: 'DUPLICATE_LINE', field: ['email'] }] },
    ]);
    expect((await send()).data.importContacts.report).toMatchObject({ created: 0, unchanged: 997, refused: 3 });
  }, 60_000);

  it('keeps its sign-in by a second factor, and is told so by mail', async () => {
    const email = 'ivo@initech.example';
    const { beginTotp } = await ivo.get('mutation ($password: String!) { beginTotp(input: { password: $password }) { secret } }', {
      password: ivoPassword,
    });
    const confirmed = await ivo.get('mutation ($code: String!) { confirmTotp(input: { code: $code }) { recoveryCodes errors { code } } }', {
      code: codeOfApp(beginTotp.secret),
    });
    expect(confirmed.confirmTotp.errors).toEqual([]);
    const signIn = async (otp?: string): Promise<{ accessToken: string | null; errors: { code: string }[] }> =>
      (await portal.ask(SIGN_IN, { input: { email, password: ivoPassword, otp } })).data.signIn;
    expect(await signIn()).toEqual({ accessToken: null, errors: [{ code: 'OTP_REQUIRED' }] });
    expect(await signIn(confirmed.confirmTotp.recoveryCodes[0])).toEqual({ accessToken: expect.any(String), errors: [] });
    expect(await (await fetch(`${portal.url}/mailbox`)).text()).toContain('Verificação em duas etapas ativada');
  }, 60_000);

  it('has its tickets opened by who came with the file; who is two clients’ says for which', async () => {
    const { person: lia } = await firstAccess(portal.url, 'lia@initech.example');
    const hugo = await portal.as('hugo@globex.example');
    const opened = async (person: Person, input: object): Promise<Answer> => {
      const context = { organizationId };
      const filled = await fill(person, 'value-added.cloud', {}, context);
      return patiently(() => person.ask(OPEN, { input: { clientKey: clientKey(), ...filled, ...input } }));
    };
    const own = await opened(lia, {});
    expect(own.data.openTicket).toEqual({ errors: [], ticket: { organization: { code: 'INIT01' }, requester: { name: 'Lia Braga' } } });
    expect((await opened(hugo, {})).data.openTicket.errors).toContainEqual({
      code: 'ORGANIZATION_REQUIRED',
      field: ['input', 'organizationId'],
    });
    const said = await opened(hugo, { organizationId });
    expect(said.data.openTicket).toMatchObject({ errors: [], ticket: { organization: { code: 'INIT01' } } });
  }, 60_000);
});
