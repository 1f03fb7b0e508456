import { generateSecret, generateURI, verifySync } from 'otplib';

const PERIOD = 30; // seconds of a step
const ISSUER = 'Atende';

/** 160 random bits in base 32, as authenticator apps take them. */
export const newTotpSecret = (): string => generateSecret();

/** What an app reads from a QR code. */
export const totpUri = (login: string, secret: string): string => generateURI({ issuer: ISSUER, label: login, secret });

/** The code in what somebody typed; null where it cannot be one. */
export const readCode = (typed: string): string | null => /^\d{6}$/.exec(typed.slice(0, 20).replace(/\s/g, ''))?.[0] ?? null;

/** The step that a code stands for: the one of now, the one before or the one after, for clocks that differ; null: none of them. */
export function stepOf(secret: string, code: string, now: Date): number | null {
  const result = verifySync({ secret, token: code, epoch: Math.floor(now.getTime() / 1_000), period: PERIOD, epochTolerance: PERIOD });
  return result.valid && 'timeStep' in result ? result.timeStep : null;
}
