import { newId, sqlIsWorker } from '@atende/service';
import { defineEntity, type EntityManager } from '@mikro-orm/postgresql';
import { sqlManagesContacts } from '../rights.ts';
import { Person } from './person.ts';
import { digest, newSecret } from './secret.ts';

export const purposes = ['ACTIVATION', 'PASSWORD_RESET'] as const;
export type Purpose = (typeof purposes)[number];

/** How long each may be redeemed, in ms. */
const LIFETIMES: Record<Purpose, number> = { ACTIVATION: 7 * 86_400_000, PASSWORD_RESET: 3_600_000 }; // 7 days, 1 hour

const OneTimeTokenSchema = defineEntity({
  name: 'OneTimeToken',
  tableName: 'one_time_token',
  rowLevelSecurity: 'force',
  policies: [
    // An administrator's invitation writes one; no request ever reads one.
    { name: 'issued', command: 'insert', check: sqlManagesContacts('organization_id') },
    { name: 'worker', using: sqlIsWorker },
  ],
  indexes: [{ name: 'one_time_token_by_person', properties: ['personId'] }],
  properties: (p) => ({
    id: p.text().primary(),
    hash: p.text().unique(),
    purpose: p.text().$type<Purpose>(),
    personId: () => p.manyToOne(Person).mapToPk().fieldName('person_id'),
    /** The organization on whose behalf it was issued; null where the person asked. */
    organizationId: p.text().strictNullable(),
    createdAt: p.datetime(3),
    expiresAt: p.datetime(3),
    usedAt: p.datetime(3).strictNullable(),
  }),
});
export class OneTimeToken extends OneTimeTokenSchema.class {}
OneTimeTokenSchema.setClass(OneTimeToken);

export interface Issue {
  purpose: Purpose;
  personId: string;
  organizationId?: string | null;
  now: Date;
}

/** The one way a one-time token comes into the world. The secret is 256 random bits; only its digest is kept. */
export function issueToken(
  em: EntityManager,
  { purpose, personId, organizationId = null, now }: Issue,
): { token: OneTimeToken; secret: string } {
  const secret = newSecret();
  const expiresAt = new Date(now.getTime() + LIFETIMES[purpose]);
  const token = Object.assign(new OneTimeToken(), {
    ...{ id: newId('tok'), hash: digest(secret), purpose, personId, organizationId, createdAt: now, expiresAt, usedAt: null },
  });
  em.persist(token);
  return { token, secret };
}

/** The token that a secret opens for this purpose and that still counts. */
export const findToken = (
  em: EntityManager,
  { secret, purpose, now }: { secret: string; purpose: Purpose; now: Date },
): Promise<OneTimeToken | null> => em.findOne(OneTimeToken, { hash: digest(secret), purpose, usedAt: null, expiresAt: { $gt: now } });

/** Uses a token up, and with it every other one of its person. False: somebody else was faster. */
export async function useToken(em: EntityManager, token: OneTimeToken, now: Date): Promise<boolean> {
  const used = await em.nativeUpdate(OneTimeToken, { id: token.id, usedAt: null }, { usedAt: now });
  if (used === 0) return false;
  await em.nativeUpdate(OneTimeToken, { personId: token.personId, usedAt: null }, { usedAt: now });
  return true;
}
