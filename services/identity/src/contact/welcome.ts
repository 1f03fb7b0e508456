import type { EntityManager } from '@mikro-orm/postgresql';
import type { Listed } from '../account/directory.ts';
import { showIn } from '../account/way-in.ts';
import type { Act } from '../act.ts';
import type { Organization } from '../organization/organization.ts';
import { Contact, type ContactDraft } from './contact.ts';

export interface Welcome extends Listed {
  organization: Pick<Organization, 'id' | 'legalName'>;
  draft: Omit<ContactDraft, 'personId' | 'organizationId'>;
  portalUrl: string;
}

/** A new contact and the mail that tells the person, in the unit of work `em`. Whoever invites sees no difference between persons. */
export function welcome(em: EntityManager, act: Act, { draft, ...whom }: Welcome): void {
  em.persist(Contact.invite(act, { ...draft, personId: whom.person.id, organizationId: whom.organization.id }));
  showIn(em, act, { ...whom, name: draft.name });
}
