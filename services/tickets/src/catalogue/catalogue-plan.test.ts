import { describe, expect, it } from '@jest/globals';
import { catalogue } from '../form/form-testing.ts';
import { sameText } from '../form/form-text.ts';
import { entry } from '../seed/outline.ts';
import { MemoryCatalogue } from './catalogue-memory.ts';
import { planCatalogue } from './catalogue-plan.ts';
import type { SaidEntry } from './catalogue-said.ts';

const module = (said: Partial<SaidEntry>): SaidEntry => ({ parent: 'erp/rm', level: 'MODULE', code: 'novo', ...said });
const planOf = (said: SaidEntry[], known = catalogue) =>
  planCatalogue(
    said.map((one, at) => ({ line: at + 2, said: one, faults: [] })),
    known,
  );
const toldOf = async (...said: SaidEntry[]) =>
  (await planOf(said)).map(({ outcome, faults }) =>
    [outcome, ...faults.map(({ code, field = [], params }) => `${code} ${field.join('.')} ${params?.line ?? ''}`.trim())].join(', '),
  );
const labels = { ptBR: 'Novo' };

describe('the plan of an edit', () => {
  it('makes what is new, whatever the order, in Portuguese where another language is not said', async () => {
    const child: SaidEntry = { parent: 'erp/rm/novo', level: 'ROUTINE', code: 'r', labels: { ptBR: 'Rotina', en: 'Routine' } };
    const [first, second] = await planOf([child, module({ labels, serviceGroup: 'rm-novo', aliases: [' Nv ', 'Nv'] })]);
    expect([first?.outcome, second?.outcome]).toEqual(['CREATED', 'CREATED']);
    expect(first?.entry).toMatchObject({
      path: 'erp/rm/novo/r',
      parentId: second?.entry.id,
      labels: { 'pt-BR': 'Rotina', en: 'Routine', es: 'Rotina' },
    });
    expect(second?.entry).toMatchObject({ labels: sameText('Novo'), serviceGroup: 'rm-novo', aliases: ['Nv'], version: 0 });
  });

  it('changes only what is said, and takes away what is said to be empty', async () => {
    const labore = catalogue.byPath('erp/rm/labore')?.own;
    const [same, less, other] = await planOf([
      module({ code: 'labore' }),
      module({ code: 'labore', aliases: [] }),
      module({ code: 'labore', labels: { en: '' } }),
    ]);
    expect(same).toMatchObject({ outcome: 'UNCHANGED', entry: { version: labore?.version } });
    expect(less?.entry).toEqual({ ...labore, aliases: [], version: 1 });
    expect(other?.entry.labels).toEqual({ ...labore?.labels, en: labore?.labels['pt-BR'] });
  });

  it('retires, with what takes the place, and brings nothing back', async () => {
    const old = entry(null, { level: 'ORIGIN', code: 'OLD', labels: sameText('Old'), retired: true });
    const known = new MemoryCatalogue([old], catalogue);
    const origin = (said: Partial<SaidEntry>): SaidEntry => ({ parent: null, level: 'ORIGIN', code: 'OLD', ...said });
    const [retired, kept, back] = await planOf(
      [origin({ code: 'PRODUCTION', retired: true, replacedBy: 'origin:IMPLEMENTATION' }), origin({}), origin({ retired: false })],
      known,
    );
    expect(retired).toMatchObject({
      outcome: 'RETIRED',
      entry: { retired: true, replacedById: catalogue.byPath('origin:IMPLEMENTATION')?.id },
    });
    expect(kept?.outcome).toBe('UNCHANGED');
    expect(back?.faults.map(({ code, field }) => [code, field])).toContainEqual(['OPTION_RETIRED', ['retired']]);
  });

  it.each<[string, SaidEntry, string]>([
    ['no name', module({}), 'REFUSED, REQUIRED labels.ptBR'],
    ['nothing that names it', module({ level: '', code: '' }), 'REFUSED, REQUIRED level, REQUIRED code, REQUIRED labels.ptBR'],
    ['words that are none', module({ level: 'módulo', code: 'a/b', labels }), 'REFUSED, BAD_USER_INPUT level, BAD_USER_INPUT code'],
    ['a parent that is nowhere', module({ parent: 'erp/gone', labels }), 'REFUSED, NOT_FOUND parent'],
    ['a line feed in a name', module({ labels: { ptBR: 'a\nb' } }), 'REFUSED, BAD_USER_INPUT labels.ptBR'],
    ['a name too long', module({ labels: { ptBR: 'x'.repeat(201) } }), 'REFUSED, TOO_LONG labels.ptBR'],
    ['help without Portuguese', module({ labels, help: { en: 'x' } }), 'REFUSED, REQUIRED help.ptBR'],
    ['an alias of nothing', module({ labels, aliases: [''] }), 'REFUSED, BAD_USER_INPUT aliases'],
    ['aliases without end', module({ labels, aliases: Array.from({ length: 31 }, (_, at) => `${at}`) }), 'REFUSED, TOO_MANY aliases'],
    ['a group that is no code', module({ labels, serviceGroup: 'a b' }), 'REFUSED, BAD_USER_INPUT serviceGroup'],
    ['a place before the first', module({ labels, position: -1 }), 'REFUSED, BAD_USER_INPUT position'],
    ['a kind of a module', module({ labels, kind: 'TEST' }), 'REFUSED, HIDDEN_FIELD kind'],
    ['an environment of no kind', module({ level: 'ENVIRONMENT', labels }), 'REFUSED, REQUIRED kind'],
    ['an environment of another kind', module({ level: 'ENVIRONMENT', labels, kind: 'PROD' }), 'REFUSED, NOT_AN_OPTION kind'],
    [
      'a path as long as nothing is',
      module({ parent: 'erp', code: 'x', labels, replacedBy: 'gone' }),
      'REFUSED, NOT_FOUND replacedBy, HIDDEN_FIELD replacedBy',
    ],
    ['a replacement of another list', module({ labels, retired: true, replacedBy: 'erp' }), 'REFUSED, NOT_AN_OPTION replacedBy'],
    ['another list for the same path', module({ level: 'ROUTINE', code: 'labore' }), 'REFUSED, FIXED_FIELD level'],
    ['a version that is not there any more', module({ code: 'labore', aliases: [], version: 7 }), 'REFUSED, CONFLICT version'],
    ['a version that does not matter', module({ code: 'labore', version: 7 }), 'UNCHANGED'],
  ])('of %s says so', async (_, said, told) => {
    expect(await toldOf(said)).toEqual([told]);
  });

  it('counts an entry where it stands first', async () => {
    expect(await toldOf(module({ labels }), module({ code: 'outro', labels }), module({ labels }))).toEqual([
      'CREATED',
      'CREATED',
      'REFUSED, DUPLICATE_LINE code 2',
    ]);
  });
});
