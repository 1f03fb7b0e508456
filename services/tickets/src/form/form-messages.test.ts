import { describe, expect, it } from '@jest/globals';
import { evaluateForm } from './form-evaluation.ts';
import { formFaultCodes } from './form-fault.ts';
import { formErrors } from './form-messages.ts';
import { buildContext, buildField, buildForm, buildOrganization, catalogue, option } from './form-testing.ts';
import { type Language, languages, sameText, text } from './form-text.ts';

const words = text('Campo', 'Field', 'Campo es');
const of = (key: string, more: Parameters<typeof buildField>[0] = {}) => buildField({ key, label: words, ...more });
const choice = (key: string, level: string, parent?: string) =>
  of(key, { kind: 'SELECT', maxLength: undefined, options: { levels: [level], parent } });

/** A form on which everything can go wrong, and one call that makes it. */
const form = buildForm(
  [
    of('required', { required: true }),
    of('hidden', { visible: { bso: true } }),
    of('fixed', { fixed: [{ value: 'ours' }] }),
    of('computed', { kind: 'COMPUTED', maxLength: undefined }),
    of('double'),
    of('kind', { kind: 'BOOLEAN', maxLength: undefined }),
    of('must', { kind: 'BOOLEAN', maxLength: undefined, mustBeOn: true }),
    of('long', { maxLength: 3 }),
    of('many', { kind: 'MULTI_SELECT', maxLength: undefined, options: { levels: ['EVIDENCE'] } }),
    choice('option', 'CATEGORY'),
    { ...choice('above', 'PRODUCT'), label: text('Produto', 'Product', 'Producto') },
    choice('below', 'MODULE', 'above'),
    choice('retired', 'ORIGIN'),
    of('emails', { kind: 'EMAIL_LIST', maxLength: undefined }),
    of('files', { kind: 'FILES', maxLength: undefined, help: sameText('No faces') }),
  ],
  { entitledBy: ['nothing'], attachmentPolicy: { extensions: ['zip'], archivesOnly: true, maxFiles: 9, maxBytes: 100 } },
);

const answers = [
  ...[1, 2].map((at) => ({ field: 'double', value: `${at}` })),
  { field: 'unknown', value: 'x' },
  { field: 'hidden', value: 'x' },
  { field: 'fixed', value: 'x' },
  { field: 'computed', value: 'x' },
  { field: 'kind', value: 'sim' },
  { field: 'must', value: false },
  { field: 'long', value: 'four' },
  { field: 'many', value: Array.from({ length: 51 }, (_, at) => `${at}`) },
  { field: 'option', value: 'x' },
  { field: 'above', value: option('erp/rm') },
  { field: 'below', value: option('erp/logix/comercial') },
  { field: 'retired', value: option('origin:PRODUCTION') },
];

const withRetired = {
  load: async (request: Parameters<typeof catalogue.load>[0]) => {
    const { entries, filled } = await catalogue.load(request);
    return { filled, entries: entries.map((entry) => ({ ...entry, retired: entry.level === 'ORIGIN' })) };
  },
};

const contexts = [
  buildContext({
    channel: 'PHONE',
    watchers: ['no e-mail'],
    attachments: [
      { id: '1', place: 0, extension: 'exe', bytes: 1 },
      { id: '2', place: 1, extension: 'zip', bytes: 101 },
    ],
  }),
  buildContext({ organization: null }),
];

const messages = async (language: Language) =>
  (await Promise.all(contexts.map((context) => evaluateForm(form, answers, context, withRetired)))).flatMap(({ faults }) =>
    formErrors(faults, language),
  );

describe('the messages of a form', () => {
  it('come all at once, one for every code there is', async () => {
    expect([...new Set((await messages('pt-BR')).map((error) => error.code))].sort()).toEqual([...formFaultCodes].sort());
  });

  it.each([...languages])('name the field by its label and leave no gap, in %s', async (language) => {
    for (const { field, message } of await messages(language)) {
      expect(message).toMatch(/^“[^”]+”.+\.$/);
      expect(message).not.toMatch(/[{}]|undefined/);
      if (field[0] === 'answers' && !['unknown', 'above'].includes(field[1] ?? '')) expect(message).toContain(`“${words[language]}”`);
    }
  });

  it('differ by language for every code', async () => {
    const [pt, en, es] = await Promise.all(languages.map(messages));
    for (const [at, { message }] of pt?.entries() ?? []) expect(new Set([message, en?.[at]?.message, es?.[at]?.message]).size).toBe(3);
  });

  it.each([
    ['long', '“Campo”: no máximo 3 caracteres; há 4.'],
    ['kind', '“Campo”: esperado sim ou não (true ou false).'],
    ['below', '“Campo”: escolha uma opção do que foi escolhido em “Produto”.'],
    ['unknown', '“unknown” não é um campo deste formulário.'],
    ['many', '“Campo”: no máximo 50 itens; há 51.'],
  ])('say what is expected of "%s"', async (key, expected) => {
    expect((await messages('pt-BR')).find(({ field }) => field[1] === key)?.message).toBe(expected);
  });

  it('say which files are taken', async () => {
    const files = (await messages('en')).filter(({ code }) => code === 'FILE_REFUSED').map(({ message }) => message);
    expect(files.slice(0, 2)).toEqual([
      '“Field”: only files of type zip are accepted.',
      '“Field”: the file has 101 bytes; the maximum is 100.',
    ]);
  });

  it('name an input that is on no form by what it is', async () => {
    const evaluation = await evaluateForm(
      buildForm(),
      [],
      buildContext({ channel: 'PHONE', organization: buildOrganization() }),
      catalogue,
    );
    expect(formErrors(evaluation.faults, 'es')[0]?.message).toMatch(/^“Canal”/);
  });
});
