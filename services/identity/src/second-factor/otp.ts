import type { EntityManager } from '@mikro-orm/postgresql';
import { findToken, issueToken, useToken, voidTokens } from '../account/one-time-token.ts';
import type { Sealer } from '../account/sealing.ts';
import { asReadableSecret } from '../account/secret.ts';
import { SecondFactor } from './second-factor.ts';
import { readCode, stepOf } from './totp.ts';

const RECOVERY_CODES = 10;

/** The factor that a person proved to have; null: their password is enough. */
export const factorOf = (em: EntityManager, personId: string): Promise<SecondFactor | null> =>
  em.findOne(SecondFactor, { personId, confirmedAt: { $ne: null } });

export interface Otp {
  factor: SecondFactor;
  /** As typed: a code of the app, or a recovery code. */
  otp: string;
  now: Date;
}

/** Uses up what somebody typed, within the caller's transaction; null when it is not good, or no more. */
export async function spendOtp(em: EntityManager, sealer: Sealer, { factor, otp, now }: Otp): Promise<'CODE' | 'RECOVERY' | null> {
  const code = readCode(otp);
  if (code !== null) return (await spendCode(em, sealer, { factor, code, now })) ? 'CODE' : null;
  const token = await findToken(em, { secret: asReadableSecret(otp), purpose: 'RECOVERY', personId: factor.personId, now });
  return token && (await useToken(em, token, now)) ? 'RECOVERY' : null;
}

/** A code is good once, and with it all before it: of two gateways that send the same one, one is late. */
async function spendCode(
  em: EntityManager,
  sealer: Sealer,
  { factor: { id, personId, secret }, code, now }: Omit<Otp, 'otp'> & { code: string },
): Promise<boolean> {
  const step = stepOf(sealer.open(secret, personId), code, now);
  if (step === null) return false;
  const fresh = { $or: [{ lastStep: null }, { lastStep: { $lt: step } }] };
  return (await em.nativeUpdate(SecondFactor, { id, ...fresh }, { lastStep: step })) > 0;
}

/** Ten recovery codes instead of those of before. They are told here and never again. */
export async function newRecoveryCodes(em: EntityManager, personId: string, now: Date): Promise<string[]> {
  await voidTokens(em, personId, ['RECOVERY'], now);
  return Array.from({ length: RECOVERY_CODES }, () => issueToken(em, { purpose: 'RECOVERY', personId, now }).secret);
}
