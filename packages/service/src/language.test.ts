import { describe, expect, it } from '@jest/globals';
import { negotiateLanguage } from './language.ts';

describe('the language of an answer', () => {
  it.each([
    ['en', 'en'],
    ['pt', 'pt-BR'],
    ['pt-PT', 'pt-BR'],
    ['es-AR,en;q=0.8', 'es'],
    ['de;q=0.9, en;q=0.5, es;q=0.7', 'es'],
    ['fr, en ; q=0.3', 'en'],
    ['EN-us', 'en'],
    ['en;q=0, es', 'es'],
    ['en;q=one', 'en'],
  ])('%s → %s', (header, language) => {
    expect(negotiateLanguage(header)).toBe(language);
  });

  it.each([undefined, '', '*', 'de', 'est', 'english', ';;;,,', 'en;q=1.2.3', 'x'.repeat(10_000)])(
    '%p says nothing that we speak: the fallback',
    (header) => {
      expect(negotiateLanguage(header)).toBe('pt-BR');
      expect(negotiateLanguage(header, 'es')).toBe('es');
    },
  );
});
