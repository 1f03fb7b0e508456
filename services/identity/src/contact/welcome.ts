import type { EntityManager } from '@mikro-orm/postgresql';
import type { Listed } from '../account/directory.ts';
import { requestMail } from '../account/mail.ts';
import { issueToken } from '../account/one-time-token.ts';
import type { Act } from '../act.ts';
import type { Organization } from '../organization/organization.ts';
import { Contact, type ContactDraft } from './contact.ts';

export interface Welcome extends Listed {
  organization: Pick<Organization, 'id' | 'legalName'>;
  draft: Omit<ContactDraft, 'personId' | 'organizationId'>;
  portalUrl: string;
}

/**
 * A new contact and the mail that tells the person, in the unit of work `em`: how to choose a password, or, to who has
 * one, that one more organization counts on them. Whoever invites sees no difference.
 */
export function welcome(em: EntityManager, act: Act, { person, activated, organization, draft, portalUrl }: Welcome): Contact {
  const contact = Contact.invite(act, { ...draft, personId: person.id, organizationId: organization.id });
  em.persist(contact);
  const to = { id: person.id, email: person.email, language: person.language, name: draft.name };
  const issue = { purpose: 'ACTIVATION', personId: person.id, organizationId: organization.id, now: act.now } as const;
  if (activated) requestMail(em, act, { kind: 'ACCESS_GRANTED', to, organization, portalUrl });
  else requestMail(em, act, { kind: 'ACTIVATION', to, organization, opens: issueToken(em, issue), portalUrl });
  return contact;
}
