import { describe, expect, it } from '@jest/globals';
import { asLogin, isEmail, isLine, searchable, searchWords } from './text.ts';

describe('text', () => {
  it('is searched without accents, case and punctuation', () => {
    expect(searchable('  ACME – Indústria & Comércio, Ltda. ')).toBe('acme industria comercio ltda');
    expect(searchable('São\u0000 \ud800José')).toBe('sao jose');
  });

  it('cannot bring wildcards of its own into a search', () => {
    expect(searchWords('50%_of\\')).toEqual(['50', 'of']);
    expect(searchWords(' %_ ')).toEqual([]);
    expect(searchWords('a '.repeat(10_000))).toHaveLength(8);
  });

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
