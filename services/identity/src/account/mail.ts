import { type EventData, MailRequested } from '@atende/events';
import { type Language, newId, sqlIsGateway, sqlIsSelf, sqlIsWorker } from '@atende/service';
import { defineEntity, type EntityManager } from '@mikro-orm/postgresql';
import type { Act } from '../act.ts';
import { sqlManagesContacts } from '../rights.ts';
import { mailText } from './mail-text.ts';
import type { OneTimeToken } from './one-time-token.ts';

export type MailKind = EventData<typeof MailRequested>['kind'];

/** The local mailbox: outgoing mail until a notifications service takes it from the event `mail.requested`. */
const MailSchema = defineEntity({
  name: 'Mail',
  tableName: 'mail',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'requested', command: 'insert', check: `(${sqlManagesContacts('organization_id')} or ${sqlIsSelf('person_id')})` },
    { name: 'fed', command: 'select', using: sqlIsGateway },
    { name: 'worker', using: sqlIsWorker },
  ],
  indexes: [{ name: 'mail_by_time', properties: ['createdAt', 'id'] }],
  properties: (p) => ({
    id: p.text().primary(),
    kind: p.text().$type<MailKind>(),
    personId: p.text(),
    organizationId: p.text().strictNullable(),
    to: p.text(),
    language: p.text().$type<Language>(),
    subject: p.text(),
    body: p.text(),
    createdAt: p.datetime(3),
    /** When what it holds is worth nothing any more. */
    expiresAt: p.datetime(3).strictNullable(),
  }),
});
export class Mail extends MailSchema.class {}
MailSchema.setClass(Mail);

export interface MailOrder {
  kind: MailKind;
  to: { id: string; email: string; name: string; language: Language };
  /** On whose behalf. */
  organization?: { id: string; legalName: string } | null;
  /** What the link carries, where there is one. */
  opens?: { token: OneTimeToken; secret: string };
  portalUrl: string;
}

/** Wants a mail sent: a row in the local mailbox and an event, both in the unit of work `em`. */
export function requestMail(em: EntityManager, act: Act, { kind, to, organization = null, opens, portalUrl }: MailOrder): Mail {
  const id = newId('mai');
  const expiresAt = opens?.token.expiresAt ?? null;
  const organizationId = organization?.id ?? null;
  const facts = { name: to.name, login: to.email, organization: organization?.legalName ?? null, portalUrl, secret: opens?.secret ?? null };
  const text = mailText(kind, to.language, facts);
  const mail = Object.assign(new Mail(), {
    ...{ id, kind, personId: to.id, organizationId, to: to.email, language: to.language, ...text, createdAt: act.now, expiresAt },
  });
  em.persist(mail);
  act.record(MailRequested, {
    aggregate: id,
    version: 1,
    data: { kind, personId: to.id, tokenId: opens?.token.id ?? null, expiresAt: expiresAt?.toISOString() ?? null, organizationId },
  });
  return mail;
}
