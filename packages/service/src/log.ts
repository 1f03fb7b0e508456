import { type Logger, pino } from 'pino';

export type Log = Logger;

// Keys that never reach a log, whatever object they stand in.
const SECRET_KEYS = ['password', 'newPassword', 'currentPassword', 'otp', 'token', 'accessToken', 'refreshToken', 'authorization', 'cookie', 'body', 'receipt'];
const redacted = SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`, `*.*.*.${key}`]);

/** JSON lines on standard output. Secrets are redacted by key; texts people wrote are never handed to it. */
export function makeLog(name: string, level: string): Log {
  return pino({ name, level, redact: { paths: redacted, censor: '[redacted]' }, base: { service: name } });
}
