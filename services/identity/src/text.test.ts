import { describe, expect, it } from '@jest/globals';
import { asLogin, isEmail, isLine } from './text.ts';

describe('text', () => {
  it('stands in one line, or not', () => {
    expect(isLine('Ana Souza', 20)).toBe(true);
    for (const bad of ['', ' ', 'a\nb', 'a\u2028b', 'a\u0000', '\udc00', 'a'.repeat(21)]) expect(isLine(bad, 20)).toBe(false);
  });

  it('as a login is in small letters without space around', () => {
    expect(asLogin('  Ana@ACME.example\n')).toBe('ana@acme.example');
    expect(isEmail(asLogin('Ana@ACME.example'))).toBe(true);
    expect(isEmail(`ana@${'a'.repeat(250)}.example`)).toBe(false);
  });
});
