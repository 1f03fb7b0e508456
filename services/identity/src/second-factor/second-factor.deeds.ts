import { conflict, ErrorCode, Refused } from '@atende/service';
import { LockMode } from '@mikro-orm/postgresql';
import { requestMail } from '../account/mail.ts';
import { voidTokens } from '../account/one-time-token.ts';
import { actIn } from '../act.ts';
import { causeOf, type IdentityContext } from '../identity-context.ts';
import { attempt, isPassword } from '../session/proof.ts';
import { factorOf, newRecoveryCodes, spendOtp } from './otp.ts';
import { SecondFactor } from './second-factor.ts';
import { newTotpSecret, readCode, stepOf, totpUri } from './totp.ts';

// Everything here reaches secrets, which no request may read: it runs as the worker. What could be guessed with a stolen
// token counts as an attempt to sign in.

const wrongPassword = { code: ErrorCode.INVALID_CREDENTIALS, field: ['input', 'password'] };
const otpFault = (field: string) => ({ code: ErrorCode.OTP_INVALID, field: ['input', field] });

/** A secret for an app, by the password; it counts once a code of it came back. Begun again, it is another one. */
export async function beginTotp(ctx: IdentityContext, password: string): Promise<{ secret: string; uri: string }> {
  const { deps, now } = ctx;
  return attempt(ctx, async (em, person) => {
    if (await factorOf(em, person.id)) throw conflict('A second factor is on already.');
    if (!(await isPassword(em, deps.decoy, person.id, password))) throw new Refused(wrongPassword);
    const secret = newTotpSecret();
    await em.nativeDelete(SecondFactor, { personId: person.id, confirmedAt: null });
    em.persist(SecondFactor.begin(now, person.id, deps.sealer.seal(secret, person.id)));
    return { secret, uri: totpUri(person.email, secret) };
  });
}

/** How long after it was begun a first code may come. */
const PATIENCE = 3_600_000; // 1 hour in ms

/** Turns it on by a first code, and tells the recovery codes. */
export async function confirmTotp(ctx: IdentityContext, code: string): Promise<string[]> {
  const { deps, now } = ctx;
  return attempt(ctx, async (em, person) => {
    const personId = person.id;
    const begun = { personId, confirmedAt: null, begunAt: { $gt: new Date(now.getTime() - PATIENCE) } };
    const factor = await em.findOne(SecondFactor, begun, { lockMode: LockMode.PESSIMISTIC_WRITE });
    const typed = readCode(code);
    const step = factor && typed !== null ? stepOf(deps.sealer.open(factor.secret, personId), typed, now) : null;
    if (!factor || step === null) throw new Refused(otpFault('code'));
    const act = actIn(em, causeOf(ctx));
    factor.confirm(act, step);
    requestMail(em, act, { kind: 'SECOND_FACTOR_ON', to: person, portalUrl: deps.portalUrl });
    return newRecoveryCodes(em, personId, now);
  });
}

/** Other recovery codes instead of those of before, by a code of the app. */
export async function renewRecoveryCodes(ctx: IdentityContext, code: string): Promise<string[]> {
  const { deps, now } = ctx;
  return attempt(ctx, async (em, { id }) => {
    const factor = await factorOf(em, id);
    const spent = factor && readCode(code) !== null ? await spendOtp(em, deps.sealer, { factor, otp: code, now }) : null;
    if (spent !== 'CODE') throw new Refused(otpFault('code'));
    return newRecoveryCodes(em, id, now);
  });
}

/** Turns it off by a code of the app, or by a recovery code and the password. */
export async function turnOffTotp(ctx: IdentityContext, { otp, password }: { otp: string; password?: string | null }): Promise<void> {
  const { deps, now } = ctx;
  await attempt(ctx, async (em, person) => {
    const { id } = person;
    const factor = await factorOf(em, id);
    const spent = factor && (await spendOtp(em, deps.sealer, { factor, otp, now }));
    const isEnough = spent === 'CODE' || (await isPassword(em, deps.decoy, id, password ?? ''));
    if (!factor || !spent || !isEnough) throw new Refused(...(spent ? [] : [otpFault('otp')]), ...(isEnough ? [] : [wrongPassword]));
    const act = actIn(em, causeOf(ctx));
    factor.turnOff(act);
    em.remove(factor);
    await voidTokens(em, id, ['RECOVERY'], now);
    requestMail(em, act, { kind: 'SECOND_FACTOR_OFF', to: person, portalUrl: deps.portalUrl });
  });
}
