import { describe, expect, it } from '@jest/globals';
import { asLogin, isEmail } from './text.ts';

describe('text', () => {
  it('as a login is in small letters without space around', () => {
    expect(asLogin('  Ana@ACME.example\n')).toBe('ana@acme.example');
    expect(isEmail(asLogin('Ana@ACME.example'))).toBe(true);
    expect(isEmail(`ana@${'a'.repeat(250)}.example`)).toBe(false);
  });
});
