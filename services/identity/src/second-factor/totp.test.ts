import { describe, expect, it } from '@jest/globals';
import { generateSync } from 'otplib';
import { newTotpSecret, readCode, stepOf, totpUri } from './totp.ts';

const now = new Date('2026-03-02T12:00:10Z');
const STEP = Math.floor(now.getTime() / 30_000);
const codeAt = (secret: string, seconds: number) => generateSync({ secret, epoch: now.getTime() / 1_000 + seconds });

describe('a code of an authenticator app', () => {
  it('counts for its step, one before and one after', () => {
    const secret = newTotpSecret();
    expect([-60, -30, 0, 30, 60].map((seconds) => stepOf(secret, codeAt(secret, seconds), now))).toEqual([
      ...[null, STEP - 1, STEP, STEP + 1, null],
    ]);
    expect(stepOf(newTotpSecret(), codeAt(secret, 0), now)).toBeNull();
  });

  it('is the one of RFC 6238', () => {
    const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'; // of the RFC's test vectors
    expect(stepOf(secret, '287082', new Date(59_000))).toBe(1);
    expect(stepOf(secret, '050471', new Date(1_111_111_111_000))).toBe(37_037_037);
  });

  it('is read with spaces in it; anything else is none', () => {
    expect([' 123 456 ', '123456'].map(readCode)).toEqual(['123456', '123456']);
    expect(['', '12345', '1234567', '12345a', '１２３４５６', '123456\u0000', '1'.repeat(100_000)].map(readCode)).toEqual(
      Array(7).fill(null),
    );
  });

  it('is set up by an address that apps know', () => {
    expect(totpUri('ana@acme.example', 'GEZDGNBVGY3TQOJQ')).toBe(
      'otpauth://totp/Atende:ana%40acme.example?secret=GEZDGNBVGY3TQOJQ&issuer=Atende',
    );
  });
});
