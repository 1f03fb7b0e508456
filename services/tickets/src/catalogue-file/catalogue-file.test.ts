import { setImmediate } from 'node:timers/promises';
import type { Refused } from '@atende/service';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CatalogueEntry } from '../catalogue/catalogue.ts';
import { MemoryCatalogue } from '../catalogue/catalogue-memory.ts';
import { planCatalogue } from '../catalogue/catalogue-plan.ts';
import { catalogue } from '../form/form-testing.ts';
import { text } from '../form/form-text.ts';
import { entry } from '../seed/outline.ts';
import { linesOfCsv } from './catalogue-csv.ts';
import { exportCatalogue } from './catalogue-export.ts';
import { linesOfJson } from './catalogue-json.ts';

const formats = ['CSV', 'JSON'] as const;
const linesOf = async (format: 'CSV' | 'JSON', file: string) =>
  format === 'CSV' ? linesOfCsv(file, ['file']) : linesOfJson(file, ['file']);

function fileOf(of: MemoryCatalogue, format: 'CSV' | 'JSON'): string {
  let file = '';
  for (let after: string | null = null; ; ) {
    const { content, next } = exportCatalogue(of, format, after);
    file += content;
    if (next === null) return file;
    after = next;
  }
}

const imported = async (format: 'CSV' | 'JSON', file: string, into: MemoryCatalogue) => planCatalogue(await linesOf(format, file), into);
/** What an entry is, whatever ids an installation gave. */
const contents = (entries: readonly CatalogueEntry[]) => {
  const paths = new Map(entries.map(({ id, path }) => [id, path]));
  return entries
    .map(({ id, parentId, replacedById, version, ...own }) => ({
      ...own,
      above: paths.get(parentId ?? ''),
      instead: paths.get(replacedById ?? ''),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
};

it.each([
  ['CSV', `level;code${'\nx;y'.repeat(40_000)}`],
  ['JSON', `[${'0,'.repeat(5_000)}0]`],
] as const)('a long file of %s is read in turns: others are served in between', async (format, file) => {
  let isRead = false;
  const reading = linesOf(format, file).then(() => {
    isRead = true;
  });
  let served = 0;
  for (; !isRead; served++) await setImmediate();
  await reading;
  expect(served).toBeGreaterThan(1);
});

describe.each(formats)('an export as %s', (format) => {
  it('changes nothing when it is imported again, and makes the same catalogue elsewhere', async () => {
    const file = fileOf(catalogue, format);
    const again = await imported(format, file, catalogue);
    expect(again.filter(({ outcome }) => outcome !== 'UNCHANGED')).toEqual([]);
    const elsewhere = (await imported(format, file, new MemoryCatalogue([]))).map(({ entry: made }) => made);
    expect(contents(elsewhere)).toEqual(contents(catalogue.all().map(({ own }) => own)));
  });

  it('keeps odd characters, retirement and replacement', async () => {
    const odd = fc
      .string({ unit: fc.constantFrom(...'ab =+-@\'";,\\|é漢\u{1f600}<&'), minLength: 1, maxLength: 12 })
      .map((some) => some.trim())
      .filter(Boolean);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(odd, odd, odd, fc.array(odd, { maxLength: 3 }), fc.boolean()), { minLength: 1, maxLength: 8 }),
        async (said) => {
          const top = entry(null, { level: 'MODULE', code: 'top', labels: text('=1+1', '+1', '-1') });
          const entries = said.map(([pt, en, es, aliases, retired], at) =>
            entry(at % 2 ? null : top, {
              ...{
                level: 'MODULE',
                code: `m${at}`,
                labels: text(pt, en, es),
                help: text(`${es}\n${pt}`, en, es),
                aliases: [...new Set(aliases)],
              },
              ...{ retired, replacedById: retired ? top.id : null, position: at, version: at },
            }),
          );
          const known = new MemoryCatalogue([...entries, top]);
          const file = fileOf(known, format);
          expect((await imported(format, file, known)).map(({ outcome }) => outcome)).toEqual(
            Array.from({ length: said.length + 1 }, () => 'UNCHANGED'),
          );
          const elsewhere = (await imported(format, file, new MemoryCatalogue([]))).map(({ entry: made }) => made);
          expect(contents(elsewhere)).toEqual(contents([...entries, top]));
          if (format === 'CSV') expect(file).toContain("top,'=1+1,'+1,'-1");
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a file', () => {
  const refusedFor = async (format: 'CSV' | 'JSON', file: string) => {
    try {
      return (await linesOf(format, file)).flatMap(({ faults }) =>
        faults.map(({ code, field = [] }) => `${code} ${field.join('.')}`.trim()),
      );
    } catch (error) {
      return (error as Refused).faults.map(({ code }) => code);
    }
  };

  it('of a spreadsheet may be in any of the three languages', async () => {
    const [line] = await linesOfCsv('Acima;Nível;Código;Nome;Apelidos;Retirado\nerp/rm;MODULE;novo;Novo;"a\\|b | c";sim', ['file']);
    expect(line?.said).toMatchObject({
      parent: 'erp/rm',
      level: 'MODULE',
      code: 'novo',
      labels: { ptBR: 'Novo' },
      aliases: ['a|b', 'c'],
      retired: true,
    });
  });

  it.each<['CSV' | 'JSON', string, string[]]>([
    ['CSV', '', ['REQUIRED']],
    ['CSV', 'parent;nome\nerp;x', ['NOT_CSV']],
    ['CSV', 'level;code;preço;code\nMODULE;x;1;y', ['UNKNOWN_FIELD', 'UNKNOWN_FIELD']],
    ['CSV', 'level;code\nMODULE', ['NOT_CSV']],
    [
      'CSV',
      'level;code;retired;position;version\nMODULE;x;talvez;-1;1.5',
      ['BAD_USER_INPUT position', 'BAD_USER_INPUT retired', 'BAD_USER_INPUT version'],
    ],
    ['CSV', `level;code\n${'A;a\n'.repeat(50_001)}`, ['TOO_MANY']],
    ['JSON', '', ['REQUIRED']],
    ['JSON', '{"level": "MODULE"}', ['NOT_JSON']],
    ['JSON', '[{]', ['NOT_JSON']],
    ['JSON', '[null, 1]', ['WRONG_KIND', 'WRONG_KIND']],
    [
      'JSON',
      '[{"level": 1, "labels": {"pt": "x"}, "__proto__": {}, "price": 1}]',
      ['WRONG_KIND level', 'REQUIRED code', 'UNKNOWN_FIELD labels.pt', 'UNKNOWN_FIELD __proto__', 'UNKNOWN_FIELD price'],
    ],
  ])('%s is refused for everything that is wrong with it: %.60j', async (format, file, faults) => {
    expect(await refusedFor(format, file)).toEqual(faults);
  });
});
