import { describe, expect, it } from '@jest/globals';
import { searchable, searchWords } from './searchable.ts';

describe('text that is searched', () => {
  it('is compared without accents, case and punctuation', () => {
    expect(searchable('  ACME – Indústria & Comércio, Ltda. ')).toBe('acme industria comercio ltda');
    expect(searchable('São\u0000 \ud800José')).toBe('sao jose');
  });

  it('that is plain already stays as it is', () => {
    for (const text of ['acme', 'acme industria 2', 'Acme', 'a  b', ' a', 'a-b', 'é', ''])
      expect(searchable(searchable(text))).toBe(searchable(text));
    expect(['a  b', ' a', 'a-b', 'Acme'].map(searchable)).toEqual(['a b', 'a', 'a b', 'acme']);
  });

  it('cannot bring wildcards of its own into a search', () => {
    expect(searchWords('50%_of\\')).toEqual(['50', 'of']);
    expect(searchWords(' %_ ')).toEqual([]);
  });
});
