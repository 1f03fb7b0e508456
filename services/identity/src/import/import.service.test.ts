import { demoId } from '@atende/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Mail } from '../account/mail.ts';
import { Person } from '../account/person.ts';
import { Contact } from '../contact/contact.ts';
import { Session } from '../session/session.ts';
import { UPDATE } from '../testing/contacts.ts';
import { ana, bruno, carla, elisa, gisele, hugo, otavio, rita, startIdentity, type TestIdentity } from '../testing/identity.ts';
import { IMPORT, importsOf, thousandLines } from '../testing/imports.ts';
import { doorOf, viewerIn } from '../testing/sign-in.ts';

let identity: TestIdentity;
beforeAll(async () => {
  identity = await startIdentity();
}, 60_000);
afterAll(() => identity[Symbol.asyncDispose]());

const { importing, tryToImport } = importsOf(() => identity);
const { signIn } = doorOf(() => identity);
const acme = demoId('org', 'ACME01');
const rows = async (...tables: string[]) =>
  Promise.all(
    tables.map(async (table) => (await identity.worker().execute<{ n: number }[]>(`select count(*)::int as n from ${table}`))[0]?.n ?? 0),
  );
const everything = () => rows('person', 'contact', 'mail', 'one_time_token', 'event', 'contact_import', 'idempotency');

describe('importing contacts', () => {
  it('of a thousand lines with three bad ones makes 997 and reports three; again, it changes nothing', async () => {
    const csv = thousandLines();
    const [contacts = 0, mails = 0] = await rows('contact', 'mail');
    const { report, errors } = await importing(ana, csv);
    expect(errors).toEqual([]);
    expect(report).toMatchObject({ created: 997, updated: 0, unchanged: 0, refused: 3 });
    expect(report.lines).toHaveLength(1_000);
    expect(report.lines.filter(({ outcome }: { outcome: string }) => outcome === 'REFUSED')).toMatchObject([
      { line: 12, errors: [{ code: 'NOT_AN_EMAIL', field: ['email'], message: '“not an address” não é um e-mail.' }] },
      {
        line: 502,
        errors: [
          { code: 'NOT_AN_OPTION', field: ['scope'] },
          { code: 'NOT_AN_OPTION', field: ['mayOpen'] },
        ],
      },
      { line: 1_001, errors: [{ code: 'DUPLICATE_LINE', field: ['email'], message: 'Este e-mail já está na linha 2.' }] },
    ]);
    expect(await rows('contact', 'mail')).toEqual([contacts + 997, mails + 997]);
    const [, ...before] = await everything();
    expect((await importing(ana, csv)).report).toMatchObject({ created: 0, updated: 0, unchanged: 997, refused: 3 });
    const [, ...after] = await everything();
    // The report and the key of the second run, and nothing else: no event, no mail.
    expect(after).toEqual(before.map((count, at) => (at >= 4 ? count + 1 : count)));
  }, 60_000);

  it('sends each new person the way to a first password', async () => {
    const csv = 'email,name,language\nlia@acme.example,Lia,es';
    await importing(ana, csv);
    expect(await identity.worker().find(Mail, { to: 'lia@acme.example' })).toMatchObject([
      { kind: 'ACTIVATION', language: 'es', organizationId: acme, subject: 'Su acceso al portal de atención' },
    ]);
  });

  it('of a person another organization knows looks like any other, changes nothing of theirs, and tells them', async () => {
    const csv = `email,name,phone,language\n${gisele},Gisele na ACME,+55 11 5555-0003,es\nnobody@new.example,Nova,,`;
    const dry = await importing(ana, csv, { dryRun: true });
    const { report } = await importing(ana, csv);
    expect(report.lines).toEqual([2, 3].map((line) => ({ line, outcome: 'CREATED', errors: [] })));
    expect(dry.report).toEqual(report);
    expect(await identity.worker().findOneOrFail(Person, { email: gisele })).toMatchObject({ name: 'Gisele Prado', language: 'pt-BR' });
    expect(await identity.worker().findOneOrFail(Contact, { id: demoId('con', gisele) })).toMatchObject({ name: 'Gisele Prado' });
    expect(await identity.worker().find(Mail, { to: gisele })).toMatchObject([
      { kind: 'ACCESS_GRANTED', organizationId: acme, body: expect.stringContaining('ACME Indústria Ltda.') },
    ]);
    const { viewer } = await signIn(gisele);
    expect(viewer.contacts.map((own: { organization: { code: string } }) => own.organization.code).sort()).toEqual(['ACME01', 'GLBX01']);
  });

  it('makes sessions anew of whose rights it changed, and of nobody else', async () => {
    const { accessToken } = await signIn(bruno);
    const bystander = await signIn(ana);
    const { report } = await importing(ana, `email,name,scope\n${bruno},Bruno L.,all\n${ana},Ana S.,`);
    expect(report).toMatchObject({ updated: 2 });
    const sessionOf = (token: string) => identity.worker().findOneOrFail(Session, { id: viewerIn(token).sessionId ?? '' });
    expect(await sessionOf(accessToken)).toMatchObject({ endReason: 'RIGHTS_CHANGED' });
    expect(await sessionOf(bystander.accessToken)).toMatchObject({ endedAt: null });
    await importing(ana, `email,name,scope\n${bruno},Bruno Lima,own\n${ana},Ana Souza,`);
  });

  it('LAST_ADMINISTRATOR: leaves one, though a file and a call go for each other at once', async () => {
    const { report } = await importing(ana, `email,active\n${ana},no`);
    expect(report.lines).toMatchObject([{ outcome: 'REFUSED', errors: [{ code: 'LAST_ADMINISTRATOR', field: ['administrator'] }] }]);
    await importing(ana, `email,administrator\n${bruno},yes`);
    const [one, other] = [await identity.viewer(ana), await identity.viewer(bruno)];
    const [byFile, byCall] = await Promise.all([
      identity.ask(one, IMPORT, { input: { clientKey: 'each-other', csv: `email,administrator\n${bruno},no` } }),
      identity.ask(other, UPDATE, { input: { contactId: demoId('con', ana), administrator: false } }),
    ]);
    expect([byFile.data.importContacts.report.refused, byCall.data.updateContact.errors.length].sort()).toEqual([0, 1]);
    const left = await identity.worker().find(Contact, { organizationId: acme, administrator: true, active: true });
    expect(left).toHaveLength(1);
    await identity.worker().nativeUpdate(Contact, { id: demoId('con', ana) }, { administrator: true });
    await importing(ana, `email,administrator\n${bruno},no`);
  });

  it('dry says the same and writes nothing', async () => {
    const before = await everything();
    const csv = `email,name,administrator\nnova@acme.example,Nova,\n${bruno},,yes\nx,,\n${ana},,no`;
    expect((await importing(ana, csv, { dryRun: true })).report).toMatchObject({ created: 1, updated: 2, refused: 1 });
    expect(await everything()).toEqual(before);
  });

  it('with the same key gives the same report, once; with another file it is a conflict', async () => {
    const input = { clientKey: 'import-once', csv: 'email,name\numa@acme.example,Uma\nx,' };
    const answers = await Promise.all(Array.from({ length: 6 }, () => identity.as(ana, IMPORT, { input })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer.data))).size).toBe(1);
    expect(answers[0]?.data.importContacts.report).toMatchObject({ created: 1, refused: 1 });
    expect(await identity.worker().count(Mail, { to: 'uma@acme.example' })).toBe(1);
    expect((await identity.as(ana, IMPORT, { input: { ...input, csv: 'email\n' } })).errors).toMatchObject([
      { extensions: { code: 'CONFLICT' } },
    ]);
  });

  it('of the same file by two at once makes each contact once', async () => {
    const csv = `email,name\n${Array.from({ length: 40 }, (_, at) => `twice${at}@acme.example,Twice ${at}`).join('\n')}`;
    const both = await Promise.all([importing(ana, csv), importing(ana, csv)]);
    expect(both.map(({ report }) => `${report.created} ${report.unchanged}`).sort()).toEqual(['0 40', '40 0']);
  });

  it('takes a formula as text, and says nothing that a spreadsheet would run', async () => {
    const csv = 'email,name\n"=HYPERLINK(""http://x"")",@SUM(1)\nformula@acme.example,"=HYPERLINK(""http://x"")"';
    const { report } = await importing(ana, csv);
    expect(report.lines.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['REFUSED', 'CREATED']);
    for (const { message } of report.lines[0].errors) expect(message).not.toMatch(/^[=+\-@\t\r]/);
  });

  it('gives nobody a role of the vendor, and refuses the columns that would', async () => {
    const answer = await importing(ana, 'email,name,supervisor,groups\nx@acme.example,X,yes,ombudsman');
    expect(answer).toMatchObject({ report: null, errors: [{ code: 'UNKNOWN_FIELD', field: ['input', 'csv'] }, { code: 'UNKNOWN_FIELD' }] });
  });
});

describe('who imports', () => {
  const csv = 'email,name\nalheia@globex.example,Alheia';
  const code = async (as: string, organizationId?: string) => {
    const { data, errors } = await tryToImport(as, csv, organizationId ? { organizationId } : {});
    return errors?.[0]?.extensions.code ?? data.importContacts.errors[0]?.code ?? 'done';
  };

  it('is an administrator for its own organization, and a supervisor for any', async () => {
    for (const who of [bruno, carla, otavio, rita]) expect(await code(who)).toBe('FORBIDDEN');
    expect(await code(bruno, acme)).toBe('FORBIDDEN');
    expect(await code(elisa)).toBe('ORGANIZATION_REQUIRED');
    expect(await code(elisa, demoId('org', 'GLBX01'))).toBe('done');
    expect(await identity.worker().count(Contact, { organizationId: demoId('org', 'GLBX01'), name: 'Alheia' })).toBe(1);
  });

  it('gets the same bytes for a foreign organization as for one that does not exist', async () => {
    const foreign = await tryToImport(hugo, csv, { organizationId: acme });
    expect(foreign.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    for (const organizationId of [demoId('org', 'NONE'), 'nonsense', 'org_\u0000'])
      expect(JSON.stringify(await tryToImport(hugo, csv, { organizationId }))).toBe(JSON.stringify(foreign));
    const absent = await tryToImport(elisa, csv, { organizationId: demoId('org', 'NONE') });
    expect(JSON.stringify(await tryToImport(elisa, csv, { organizationId: 'org_\u0000' }))).toBe(JSON.stringify(absent));
  });
});
