import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FieldDraft, FormDraft } from '../form/form.ts';
import { buildDraft, buildField, catalogue, seedForm } from '../form/form-testing.ts';
import { type Language, sameText, text } from '../form/form-text.ts';
import { diffForms } from './form-diff.ts';
import { drawChange } from './form-diff.view.ts';
import { namesIn } from './form-diff-names.ts';

async function changes(from: unknown, to: unknown, language: Language = 'pt-BR') {
  const names = await namesIn([from, to], catalogue);
  return diffForms(from, to).map((change) => drawChange(change, { language, names }));
}
const sentences = async (from: unknown, to: unknown, language?: Language): Promise<string[]> =>
  (await changes(from, to, language)).map(({ message }) => message);
const cloud = () => structuredClone(seedForm('value-added.cloud')) as FormDraft;
const [first, second, third] = ['a', 'b', 'c'].map((key) => buildField({ key, label: sameText(key.toUpperCase()) })) as [
  FieldDraft,
  FieldDraft,
  FieldDraft,
];

describe('what changed between two versions', () => {
  it('is nothing between equal ones, however their defaults are written', () => {
    expect(diffForms(cloud(), JSON.parse(JSON.stringify(cloud())))).toEqual([]);
    expect(diffForms(buildDraft([first]), buildDraft([{ ...first, visible: true, required: false, fixed: [] }]))).toEqual([]);
  });

  it('says of a new field where it stands, when it is shown, and all of it as data', async () => {
    const form = cloud();
    const window = buildField({
      ...{ key: 'window', label: text('Janela', 'Window', 'Ventana'), required: true },
      visible: { all: [{ field: 'origin', is: ['PRODUCTION'] }, { any: [{ plan: ['PRIME'] }, { not: { bso: true } }] }] },
    });
    form.steps[0]?.fields.push(window);
    const [change, ...others] = await changes(cloud(), form);
    expect(others).toEqual([]);
    expect(change).toMatchObject({
      ...{
        kind: 'ADDED',
        part: 'FIELD',
        key: 'window',
        label: 'Janela',
        path: ['steps', '0', 'fields', '14'],
        before: null,
        beforeData: null,
      },
      message: '“Janela” foi incluído: “Cloud Computing”, depois de “Anexo”.',
      after:
        'tipo: TEXT; mostrado: quando “Origem” é Cliente em produção e (o plano é PRIME ou não (o cliente é BSO)); obrigatório: sempre; máximo de caracteres: 20',
    });
    expect(JSON.parse(change?.afterData ?? '')).toMatchObject({ key: 'window', required: true });
    expect((await sentences(form, cloud(), 'en'))[0]).toBe('“Window” was removed: “Cloud Computing”, after “Attachment”.');
  });

  it('says each property by its name, before and after, in the reader’s language', async () => {
    const form = cloud();
    for (const field of form.steps[0]?.fields ?? []) {
      if (field.key === 'subject') Object.assign(field, { maxLength: 100, label: { ...field.label, en: 'Topic' } });
      if (field.key === 'origin') Object.assign(field, { required: { country: ['BR', 'PT'] }, default: [{ value: 'origin:PRODUCTION' }] });
      if (field.key === 'effect' && field.options) field.options.root = 'erp/rm';
    }
    form.attachmentPolicy = { ...form.attachmentPolicy, extensions: ['zip', 'pdf'] };
    form.title = text('Nuvem', 'Cloud', 'Nube');
    const said = await changes(cloud(), form);
    expect(said.map(({ message }) => message)).toEqual([
      '“Formulário”, título: de Cloud Computing para Nuvem.',
      '“Formulário”, tipos de arquivo: de zip, rar para zip, pdf.',
      '“Origem”, obrigatório: de sempre para quando o país da organização é BR ou PT.',
      '“Origem”, valor inicial: de nada para Cliente em produção.',
      '“Efeito”, opções abaixo de: de Cloud Computing para RM.',
      '“Assunto”, rótulo: de Subject (en) para Topic (en).',
      '“Assunto”, máximo de caracteres: de 255 para 100.',
    ]);
    expect(said.find(({ property }) => property === 'options.root')).toMatchObject({
      beforeData: '"value-added/cloud"',
      afterData: '"erp/rm"',
    });
  });

  it('says what moved, and of nothing else that it did', async () => {
    const [before, after] = [buildDraft([first, second, third]), buildDraft([third, first, second])];
    expect(await sentences(before, after)).toEqual(['“C” mudou de lugar: de “RM”, depois de “B” para “RM”, no início.']);
    const onChecklist = { ...buildDraft([first, second]), guidance: [third] };
    expect(await sentences(before, onChecklist)).toEqual([
      '“C” mudou de lugar: de “RM”, depois de “B” para lista de verificação, no início.',
    ]);
  });

  it('names steps that come, go and change their button', async () => {
    const form = buildDraft();
    const [step] = form.steps;
    const more = { ...step, key: 'more', title: sameText('More'), fields: [first] };
    const added = { ...form, steps: [{ ...step, submitLabel: sameText('Next') }, more] };
    expect(await sentences(form, added, 'en')).toEqual([
      '“RM”, button: from Go to Next.',
      '“More” was added: after “RM”.',
      '“A” was added: “More”, first.',
    ]);
  });

  it('is said of imperfect drafts too, whatever they hold', async () => {
    const broken = {
      ...buildDraft([first]),
      steps: [{ key: 'ticket', fields: [{ ...first, visible: { moon: 'full' } }, first, null, 7] }],
    };
    expect((await sentences(buildDraft([first]), broken))[0]).toContain('RM');
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), async (any, steps, fields) => {
        await changes(any, { ...buildDraft(), steps, guidance: [first, { ...first, visible: any }] });
        await changes({ steps: fields, guidance: steps }, { steps: [{ key: any, title: steps, fields }] });
      }),
    );
  });
});
