import type { Connection, PageArguments } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Credential } from '../account/credential.ts';
import { Mail } from '../account/mail.ts';
import { Person } from '../account/person.ts';
import { ApiKey } from '../api-key/api-key.ts';
import { auditPageWhere } from '../audit/audit.queries.ts';
import type { AuditEntry } from '../audit/audit-entry.ts';
import { Contact } from '../contact/contact.ts';
import { ProviderLink } from '../provider/provider-link.ts';
import { SecondFactor } from '../second-factor/second-factor.ts';
import { Session } from '../session/session.ts';
import { Analyst } from '../staff/analyst.ts';

// Read as the worker: hashes, mails and other organizations' contacts are no request's to read. Who may have it was decided
// where PersonalData was obtained; what stands here is one person's, each find by their id, and no secret of theirs.

/** Everything identity holds on a person; null when there is none. */
export async function documentOf(em: EntityManager, personId: string): Promise<Record<string, unknown> | null> {
  const person = await em.findOne(Person, { id: personId });
  if (!person) return null;
  const of = { personId };
  const [analyst, credential, factor] = [
    await em.findOne(Analyst, of),
    await em.findOne(Credential, of),
    await em.findOne(SecondFactor, of),
  ];
  const { id, email, name, phone, language, timeZone, auditor, active, createdAt } = person;
  return {
    person: { id, email, name, phone, language, timeZone, auditor, active, createdAt },
    contacts: (await em.find(Contact, of)).map(({ searchName, ...contact }) => ({ ...contact })),
    analyst: analyst && { ...analyst, searchName: undefined },
    password: credential && { changedAt: credential.changedAt },
    secondFactor: factor && { begunAt: factor.begunAt, confirmedAt: factor.confirmedAt },
    signInProviders: (await em.find(ProviderLink, of)).map(({ issuer, subject, linkedAt }) => ({ issuer, subject, linkedAt })),
    sessions: (await em.find(Session, of)).map((session) => ({ ...session })),
    // What a mail said holds the way into the account as long as it is good.
    mails: (await em.find(Mail, of)).map(({ id, kind, to, subject, createdAt }) => ({ id, kind, to, subject, createdAt })),
    apiKeys: (await em.find(ApiKey, of)).map(({ digest, ...key }) => ({ ...key })),
  };
}

/** What they did and what was done about them, the newest first. */
export async function actsOf(em: EntityManager, personId: string, page: PageArguments): Promise<Connection<AuditEntry>> {
  const contacts = await em.find(Contact, { personId }, { fields: ['id'] });
  const analysts = await em.find(Analyst, { personId }, { fields: ['id'] });
  const keys = await em.find(ApiKey, { personId }, { fields: ['id'] });
  const subjectId = { $in: [personId, ...[...contacts, ...analysts, ...keys].map(({ id }) => id)] };
  // Whom an auditor looks at, a supervisor least of all, does not learn it here.
  return auditPageWhere(em, { $or: [{ personId }, { subjectId, act: { $ne: 'AUDIT_READ' } }] }, page);
}
