import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Field, fieldSchema } from './form.ts';
import { canonicalText, readAnswer } from './form-answer.ts';
import { buildField } from './form-testing.ts';

const field = (kind: Field['kind'], maxLength?: number): Field => fieldSchema.parse(buildField({ kind, maxLength }));
const NFC_JOAO = 'Jo\u00e3o';

describe('a text', () => {
  it.each([
    ['is trimmed', '  a b  ', 'a b'],
    ['has composed letters', 'Joa\u0303o', NFC_JOAO],
    ['has no control characters', 'a\u0000b\u0007', 'ab'],
    ['has no half of a surrogate pair', 'a\ud800', 'a\ufffd'],
    ['has one kind of line break', 'a\r\nb\rc', 'a\nb\nc'],
    ['is empty when nothing in it can be seen', '\u200b \u00a0', ''],
  ])('%s', (_, raw, expected) => {
    expect(canonicalText(raw, false)).toBe(expected);
  });

  it('of one line has no line breaks', () => {
    expect(canonicalText('a\n\n b\tc', true)).toBe('a b c');
  });

  it('is measured in characters as a person counts them, after trimming', () => {
    expect(readAnswer(field('TEXT', 3), ' 😀😀😀 ')).toEqual({ value: '😀😀😀' });
    expect(readAnswer(field('TEXT', 3), '😀😀😀😀')).toEqual({ fault: 'TOO_LONG', params: { max: 3, length: 4 } });
    expect(readAnswer(field('LONG_TEXT', 2), 'abc')).toEqual({ fault: 'TOO_LONG', params: { max: 2, length: 3 } });
  });
});

describe('a value of another kind is refused', () => {
  it.each([
    ['TEXT', 1],
    ['TEXT', true],
    ['TEXT', ['a']],
    ['LONG_TEXT', { a: 1 }],
    ['BOOLEAN', 'true'],
    ['BOOLEAN', 1],
    ['SELECT', true],
    ['SELECT', ['opt_1']],
    ['MULTI_SELECT', 'opt_1'],
    ['MULTI_SELECT', [1]],
    ['EMAIL_LIST', ['a@b.example']],
    ['FILES', ['att_1']],
    ['ON_BEHALF', 'x'],
  ] as const)('%s does not take %j', (kind, raw) => {
    expect(readAnswer(field(kind), raw)).toEqual({ fault: 'WRONG_KIND', params: {} });
  });
});

describe('several choices', () => {
  it('are a set: sorted, each once', () => {
    expect(readAnswer(field('MULTI_SELECT'), ['b', ' a ', 'b', ''])).toEqual({ value: ['a', 'b'] });
    expect(readAnswer(field('MULTI_SELECT'), [])).toEqual({ value: null });
  });

  it('are fifty at most', () => {
    const many = Array.from({ length: 51 }, (_, index) => `opt_${index}`);
    expect(readAnswer(field('MULTI_SELECT'), many)).toEqual({ fault: 'TOO_MANY', params: { max: 50, length: 51 } });
  });
});

describe('whatever is typed', () => {
  const kinds = fc.constantFrom<Field['kind']>('TEXT', 'LONG_TEXT', 'BOOLEAN', 'SELECT', 'MULTI_SELECT');
  const raw = fc.oneof(fc.string({ unit: 'binary' }), fc.boolean(), fc.array(fc.string()), fc.jsonValue());

  it('is read to the same value when it is read again', () => {
    fc.assert(
      fc.property(kinds, raw, (kind, given) => {
        const once = readAnswer(field(kind, 50), given);
        if ('value' in once) expect(readAnswer(field(kind, 50), once.value)).toEqual(once);
      }),
      { numRuns: 1000 },
    );
  });

  it('is stored as a text that PostgreSQL takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (given, oneLine) => {
        const canonical = canonicalText(given, oneLine);
        expect(canonical).toBe(canonical.normalize('NFC').toWellFormed().trim());
        expect(canonical).not.toContain('\u0000');
      }),
      { numRuns: 1000 },
    );
  });
});
