import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { askedWords } from './asked-words.ts';

const first = (text: string, typing = false) => askedWords(text, { typing }).map(([word]) => word);

describe('what a text asks for', () => {
  it.each([
    ['Emissão de NF-e', ['emissao', 'de', 'nf']],
    ['RM.Host, S-1200 (12.1.2410)', ['rm', 'host', '1200', '12', '1', '2410']],
    ['erro erro ERRO érro', ['erro']],
    ['não até já', []],
    ['', []],
    ['\0\u0301 \t', []],
    ['ﬁscal Ⅷ', ['fiscal', 'viii']],
  ])('%j: its distinct words without accents and signs', (text, words) => {
    expect(first(text)).toEqual(words);
  });

  it.each([
    ['emissao', ['emissao', 'emissoes']],
    ['emissões', ['emissoes', 'emissao', 'emissoess']],
    ['fiscal', ['fiscal', 'fiscais']],
    ['papéis', ['papeis', 'papel']],
    ['imagens', ['imagens', 'imagem']],
    ['erro', ['erro', 'erros']],
    ['ordem', ['ordem', 'ordens']],
    ['rm', ['rm']],
    ['12345', ['12345']],
  ])('%s in its singular and plural', (word, forms) => {
    expect(askedWords(word)[0]).toEqual(expect.arrayContaining(forms.filter((form) => !form.endsWith('ss'))));
  });

  it('takes the last word as one that goes on while it is typed, from three letters on', () => {
    expect(askedWords('erro ao calc', { typing: true }).at(-1)).toContain('calc:*');
    expect(first('erro ao ca', true)).toEqual(['erro', 'ao']);
    expect(askedWords('erro ao calc ', { typing: true }).flat()).not.toContain('calc:*');
    expect(askedWords('erro ao calc').flat().join()).not.toContain(':');
  });

  it('is twelve words of forty letters at most, out of the first 400 characters', () => {
    expect(askedWords(Array.from({ length: 30 }, (_, index) => `palavra${index}`).join(' '))).toHaveLength(12);
    expect(first('x'.repeat(10_000))).toEqual(['x'.repeat(40)]);
    expect(first(`${' '.repeat(400)}tarde`)).toEqual([]);
  });

  it('is never an operator, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, typing) => {
        for (const form of askedWords(text, { typing }).flat()) expect(form).toMatch(/^[\p{L}\p{N}]+(:\*)?$/u);
      }),
    );
  });
});
