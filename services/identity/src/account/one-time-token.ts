import { newId, sqlIsWorker } from '@atende/service';
import { defineEntity, type EntityManager } from '@mikro-orm/postgresql';
import { sqlManagesContacts } from '../rights.ts';
import { Person } from './person.ts';
import { digest, newReadableSecret, newSecret } from './secret.ts';

export const purposes = ['ACTIVATION', 'PASSWORD_RESET', 'RECOVERY', 'PROVIDER_SIGN_IN'] as const;
export type Purpose = (typeof purposes)[number];

const HOUR = 3_600_000; // ms
const DAY = 24 * HOUR;

interface Kind {
  /** How long it may be redeemed, in ms. */
  lifetime: number;
  secret: () => string;
}
/** Used up together, and by any other change of the password. */
export const waysToPassword: Purpose[] = ['ACTIVATION', 'PASSWORD_RESET'];

const kinds: Record<Purpose, Kind> = {
  ACTIVATION: { lifetime: 7 * DAY, secret: newSecret },
  PASSWORD_RESET: { lifetime: HOUR, secret: newSecret },
  /** For who lost what shows their codes: one of several, kept on paper. */
  RECOVERY: { lifetime: 3_650 * DAY, secret: newReadableSecret },
  /** From the way to an OpenID Connect provider until the way back, in one browser. */
  PROVIDER_SIGN_IN: { lifetime: HOUR / 6, secret: newSecret },
};

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
    /** Null where nobody knows yet who will redeem it. */
    personId: () => p.manyToOne(Person).mapToPk().fieldName('person_id').strictNullable(),
    /** The organization on whose behalf it was issued; null where the person asked. */
    organizationId: p.text().strictNullable(),
    /** What else it counts for only: the provider of a PROVIDER_SIGN_IN. */
    boundTo: p.text().strictNullable(),
    createdAt: p.datetime(3),
    expiresAt: p.datetime(3),
    usedAt: p.datetime(3).strictNullable(),
  }),
});
export class OneTimeToken extends OneTimeTokenSchema.class {}
OneTimeTokenSchema.setClass(OneTimeToken);

export interface Issue {
  purpose: Purpose;
  personId: string | null;
  organizationId?: string | null;
  boundTo?: string | null;
  now: Date;
}

/** The one way a one-time token comes into the world. The secret is at least 150 random bits; only its digest is kept. */
export function issueToken(
  em: EntityManager,
  { purpose, personId, organizationId = null, boundTo = null, now }: Issue,
): { token: OneTimeToken; secret: string } {
  const secret = kinds[purpose].secret();
  const expiresAt = new Date(now.getTime() + kinds[purpose].lifetime);
  const token = Object.assign(new OneTimeToken(), {
    ...{ id: newId('tok'), hash: digest(secret), purpose, personId, organizationId, boundTo, createdAt: now, expiresAt, usedAt: null },
  });
  em.persist(token);
  return { token, secret };
}

export interface Redeemed {
  secret: string;
  purpose: Purpose;
  /** Whose it must be, where that is known. */
  personId?: string;
  now: Date;
}

/** The token that a secret opens for this purpose and that still counts. */
export const findToken = (em: EntityManager, { secret, now, ...bound }: Redeemed): Promise<OneTimeToken | null> =>
  em.findOne(OneTimeToken, { ...bound, hash: digest(secret), usedAt: null, expiresAt: { $gt: now } });

/** Uses a token up. False: somebody else was faster. */
export const useToken = async (em: EntityManager, { id }: OneTimeToken, now: Date): Promise<boolean> =>
  (await em.nativeUpdate(OneTimeToken, { id, usedAt: null }, { usedAt: now })) > 0;

/** Ends what a person has of these kinds. */
export async function voidTokens(em: EntityManager, personId: string, ended: Purpose[], now: Date): Promise<void> {
  await em.nativeUpdate(OneTimeToken, { personId, purpose: { $in: ended }, usedAt: null }, { usedAt: now });
}

/** What a person still has of one kind. */
export const tokensLeft = (em: EntityManager, personId: string, purpose: Purpose, now: Date): Promise<number> =>
  em.count(OneTimeToken, { personId, purpose, usedAt: null, expiresAt: { $gt: now } });
