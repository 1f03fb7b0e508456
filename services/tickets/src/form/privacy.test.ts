import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findPersonalData, maskPersonalData } from './privacy.ts';

const found = (words: string) => findPersonalData(words).map(({ kind, start, end }) => `${kind} ${words.slice(start, end)}`);

// Numbers made up for tests: they pass their check digits and belong to nobody known.
describe('a number that passes its check digits is found', () => {
  it.each([
    ['meu CPF é 529.982.247-25.', ['CPF 529.982.247-25']],
    ['cpf 52998224725', ['CPF 52998224725']],
    ['(529 982 247 25)', ['CPF 529 982 247 25']],
    ['CNPJ 11.222.333/0001-81', ['CNPJ 11.222.333/0001-81']],
    ['11222333000181', ['CNPJ 11222333000181']],
    ['novo CNPJ 12.ABC.345/01DE-35', ['CNPJ 12.ABC.345/01DE-35']],
    ['cartão 4111 1111 1111 1111', ['CARD 4111 1111 1111 1111']],
    ['5500-0055-5555-5559', ['CARD 5500-0055-5555-5559']],
    ['amex 378282246310005', ['CARD 378282246310005']],
    ['de 529.982.247-25 para 168.995.350-09', ['CPF 529.982.247-25', 'CPF 168.995.350-09']],
    ['em 2024 4111 1111 1111 1111 529.982.247-25', ['CARD 4111 1111 1111 1111', 'CPF 529.982.247-25']],
    ['CPF: 529.982.247-25\nCNPJ: 11.222.333/0001-81', ['CPF 529.982.247-25', 'CNPJ 11.222.333/0001-81']],
  ])('in "%s"', (words, expected) => {
    expect(found(words)).toEqual(expected);
  });
});

describe('a number is left alone', () => {
  it.each([
    ['when a check digit is wrong', '529.982.247-26'],
    ['when the other check digit is wrong', '529.982.247-35'],
    ['when a CNPJ is wrong', '11.222.333/0001-82'],
    ['when a card number is wrong', '4111 1111 1111 1112'],
    ['when all its digits are the same', '111.111.111-11 00000000000 00.000.000/0000-00 4444 4444 4444 4444'],
    ['when it is part of a longer one', '152998224725 529982247251'],
    ['when it is part of a word', 'NF52998224725 52998224725X'],
    ['when no card begins like that', '6011000990136 310000000000005'],
    ['when it is a version', '12.1.2410'],
    ['when it is a phone', '+55 11 98765-4321'],
  ])('%s', (_, words) => {
    expect(found(words)).toEqual([]);
  });
});

describe('masking', () => {
  it('hides the digits and keeps everything else where it was', () => {
    expect(maskPersonalData('CPF 529.982.247-25, versão 12.1.2410')).toBe('CPF •••.•••.•••-••, versão 12.1.2410');
  });

  it('leaves nothing to be found, and no text of another length', () => {
    const number = fc.constantFrom('529.982.247-25', '11.222.333/0001-81', '4111 1111 1111 1111');
    const words = fc.array(fc.oneof(number, fc.string({ unit: 'binary' })), { maxLength: 8 }).map((parts) => parts.join(' '));
    fc.assert(
      fc.property(words, (typed) => {
        const masked = maskPersonalData(typed);
        expect(findPersonalData(masked)).toEqual([]);
        expect(masked).toHaveLength(typed.length);
      }),
      { numRuns: 500 },
    );
  });

  it('takes no time worth naming over a hostile text', () => {
    expect(findPersonalData('1 '.repeat(30_000))).toEqual([]);
    expect(findPersonalData('A1'.repeat(30_000))).toEqual([]);
    expect(maskPersonalData('529.982.247-25 '.repeat(4_000))).toBe('•••.•••.•••-•• '.repeat(4_000));
  });
});
