import type { EntityManager } from '@mikro-orm/postgresql';
import type { Act } from '../act.ts';
import type { Listed } from './directory.ts';
import { requestMail } from './mail.ts';
import { issueToken } from './one-time-token.ts';

export interface WayIn extends Listed {
  /** What the mail calls the person. */
  name: string;
  /** On whose behalf; null: the vendor's own. */
  organization: { id: string; legalName: string } | null;
  portalUrl: string;
}

/**
 * Wants somebody told that they may come in, in the unit of work `em`: how to choose a password, or, to who has one, that
 * one more access came. Gives the secret of the activation, if there is one.
 */
export function showIn(em: EntityManager, act: Act, { person, activated, name, organization, portalUrl }: WayIn): string | null {
  const to = { id: person.id, email: person.email, language: person.language, name };
  if (activated) {
    requestMail(em, act, { kind: 'ACCESS_GRANTED', to, organization, portalUrl });
    return null;
  }
  const opens = issueToken(em, { purpose: 'ACTIVATION', personId: person.id, organizationId: organization?.id ?? null, now: act.now });
  requestMail(em, act, { kind: 'ACTIVATION', to, organization, opens, portalUrl });
  return opens.secret;
}
