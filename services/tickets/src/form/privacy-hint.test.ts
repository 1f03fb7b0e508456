import { describe, expect, it } from '@jest/globals';
import { hintMessage } from './form-messages.ts';
import { buildField, buildForm, evaluate, inShort, option } from './form-testing.ts';
import { sameText } from './form-text.ts';
import { privacyHints } from './privacy-hint.ts';

const form = buildForm([
  buildField({ key: 'title', label: sameText('Title'), maxLength: 200 }),
  buildField({ key: 'story', label: sameText('Story'), kind: 'LONG_TEXT', maxLength: 200 }),
  buildField({ key: 'hidden', visible: false }),
  buildField({ key: 'ours', default: [{ value: '529.982.247-25' }] }),
  buildField({ key: 'short', maxLength: 5 }),
  buildField({ key: 'environment', kind: 'SELECT', maxLength: undefined, options: { levels: ['PRODUCT'] } }),
]);
const hints = async (answers: Record<string, unknown>) => privacyHints(await evaluate(form, answers));

describe('a privacy hint', () => {
  it('says in which answer which numbers stand, and how the answer reads without them', async () => {
    const story = 'Do CPF 529.982.247-25\ne do CNPJ 12.ABC.345/01DE-35';
    expect(await hints({ title: 'Cartão 4111 1111 1111 1111', story })).toEqual([
      {
        ...{ field: 'title', label: sameText('Title'), masked: 'Cartão •••• •••• •••• ••••' },
        numbers: [{ kind: 'CARD', start: 7, end: 26 }],
      },
      {
        ...{ field: 'story', label: sameText('Story'), masked: 'Do CPF •••.•••.•••-••\ne do CNPJ ••.•••.•••/••••-••' },
        numbers: [
          { kind: 'CPF', start: 7, end: 21 },
          { kind: 'CNPJ', start: 32, end: 50 },
        ],
      },
    ]);
  });

  it('looks at the text as it would be kept', async () => {
    expect(await hints({ subject: '\u0000  CPF \n 529.982.247-25' })).toMatchObject([
      { masked: 'CPF •••.•••.•••-••', numbers: [{ start: 4 }] },
    ]);
  });

  it('is given for nothing else', async () => {
    const number = '529.982.247-25';
    expect(await hints({ hidden: number, short: number, environment: option('erp/rm'), subject: 'CPF 529.982.247-26' })).toEqual([]);
  });

  it('is no fault, and an answer that follows it has none', async () => {
    const evaluation = await evaluate(form, { subject: '529.982.247-25' });
    expect(inShort(evaluation)).toEqual([]);
    const [hint] = privacyHints(evaluation);
    expect(await hints({ subject: hint?.masked })).toEqual([]);
  });

  it('is told in three languages, each kind once', async () => {
    const [hint] = await hints({ title: '529.982.247-25 168.995.350-09 11.222.333/0001-81' });
    const told = (['pt-BR', 'en', 'es'] as const).map((language) => hint && hintMessage(hint, language));
    expect(told).toEqual([
      '“Title” parece conter um CPF, um CNPJ. Envie só se for necessário, ou oculte os números.',
      '“Title” seems to contain a CPF, a CNPJ. Send it only if necessary, or mask the numbers.',
      '“Title” parece contener un CPF, un CNPJ. Envíelo solo si es necesario, u oculte los números.',
    ]);
  });
});
