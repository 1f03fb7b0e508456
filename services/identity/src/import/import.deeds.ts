import { ContactsImported } from '@atende/events';
import { ErrorCode, isId, newId, notFound, once, Refused } from '@atende/service';
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { personsOf } from '../account/directory.ts';
import { Person } from '../account/person.ts';
import { type Act, actIn } from '../act.ts';
import { administratorsOf } from '../contact/contact.queries.ts';
import { Contact } from '../contact/contact.ts';
import { isLanguage } from '../contact/contact-input.ts';
import { organizationFor } from '../contact/invitation.deeds.ts';
import { welcome } from '../contact/welcome.ts';
import { causeOf, type IdentityContext } from '../identity-context.ts';
import { Organization } from '../organization/organization.ts';
import { isSupervisor } from '../rights.ts';
import { replaceSessions } from '../session/session-end.ts';
import { ContactImport, type ImportReport, importedLine, reportOf } from './contact-import.ts';
import { type ContactLine, contactLines } from './contact-line.ts';
import { contactRows } from './contact-table.ts';
import type { ImportContactsInput } from './import.graphql.ts';
import { type PlannedLine, planImport } from './import-plan.ts';

/** How many contacts are written at a time: other requests run in between. */
const BATCH = 50;

function* batches<Row>(rows: Row[]): Generator<Row[]> {
  for (let at = 0; at < rows.length; at += BATCH) yield rows.slice(at, at + BATCH);
}

/**
 * Makes and changes an organization's contacts by a file, once per clientKey: each line for itself, all of them in one
 * transaction and a few statements for every fifty of them. A dry run says what would happen and writes nothing.
 */
export async function importContacts(ctx: IdentityContext, input: ImportContactsInput): Promise<ImportReport> {
  const { viewer, now } = ctx;
  const { clientKey, ...said } = input;
  const organization = await importable(ctx, input.organizationId ?? null);
  const lines = contactLines(await contactRows(input.csv));
  if (input.dryRun) return reportOf((await planned(ctx.em, organization.id, lines)).map(importedLine));
  const call = { em: ctx.em, viewer, now, mutation: 'importContacts', clientKey, input: said, id: newId('imp') };
  const id = await once(call, async (em, importId) => {
    const plan = await planned(em, organization.id, lines);
    const act = actIn(em, causeOf(ctx));
    await change(em, act, plan);
    await create(ctx, em, act, plan, organization);
    const report = reportOf(plan.map(importedLine));
    if (report.created + report.updated > 0) {
      const { lines: _, ...counts } = report;
      act.record(ContactsImported, { aggregate: importId, version: 1, data: { organizationId: organization.id, ...counts } });
    }
    const kept = { id: importId, organizationId: organization.id, personId: viewer.personId, lines: report.lines, createdAt: now };
    em.persist(Object.assign(new ContactImport(), kept));
  });
  return reportOf((await ctx.em.findOneOrFail(ContactImport, { id })).lines);
}

/** One's own organization for an administrator, any for a supervisor, who takes over the list of a new client. */
async function importable({ viewer, em }: IdentityContext, asked: string | null): Promise<Organization> {
  if (isSupervisor(viewer) && asked === null)
    throw new Refused({ code: ErrorCode.ORGANIZATION_REQUIRED, field: ['input', 'organizationId'] });
  const id = isSupervisor(viewer) ? asked : organizationFor(viewer, asked);
  const organization = isId('org', id) ? await em.findOne(Organization, { id }) : null;
  if (!organization) throw notFound();
  return organization;
}

/** Which persons other organizations know is not asked here: a contact of theirs is as new as one who never was. */
async function planned(em: EntityManager, organizationId: string, lines: ContactLine[]): Promise<PlannedLine[]> {
  const administrators = await administratorsOf(em, organizationId);
  const persons = await em.find(Person, { email: { $in: lines.map(({ login }) => login) } }, { fields: ['id', 'email'] });
  const logins = new Map(persons.map(({ id, email }) => [id, email]));
  const contacts = await em.find(
    Contact,
    { organizationId, personId: [...logins.keys()] },
    { lockMode: em.isInTransaction() ? LockMode.PESSIMISTIC_WRITE : LockMode.NONE },
  );
  return planImport(lines, new Map(contacts.map((contact) => [logins.get(contact.personId as string) ?? '', contact])), administrators);
}

async function create(
  { deps, viewer }: IdentityContext,
  em: EntityManager,
  act: Act,
  plan: PlannedLine[],
  organization: Organization,
): Promise<void> {
  const lines = plan.filter(({ outcome }) => outcome === 'CREATED');
  const drafts = lines.map(({ login, said: { name = '' }, language = '', timeZone }) => ({
    ...{ email: login, name, timeZone },
    language: isLanguage(language) ? language : viewer.language,
  }));
  const listed = lines.length > 0 ? await personsOf(deps.forWorker(), act.now, drafts) : new Map();
  for (const batch of batches(lines)) {
    for (const { login, said } of batch) {
      const { active: _, name = '', ...rights } = said;
      welcome(em, act, { ...listed.get(login), organization, draft: { ...rights, name }, portalUrl: deps.portalUrl });
    }
    await em.flush();
    em.clear(); // or each flush would look through all that went before
  }
}

async function change(em: EntityManager, act: Act, plan: PlannedLine[]): Promise<void> {
  const changed: Contact[] = [];
  for (const batch of batches(plan.filter(({ outcome }) => outcome === 'UPDATED'))) {
    for (const { contact, said } of batch) if (contact?.change(act, said, 1)) changed.push(contact); // the plan has counted administrators
    await em.flush();
  }
  const personsThat = (active: boolean) => changed.filter((contact) => contact.active === active).map(({ personId }) => personId as string);
  await replaceSessions(em, act, personsThat(true), 'RIGHTS_CHANGED');
  await replaceSessions(em, act, personsThat(false), 'DEACTIVATED');
}
