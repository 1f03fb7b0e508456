import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cellText, csvLine, readTable, safeCell } from './table.ts';

const rules = { columnOf: (heading: string) => heading, required: ['a'], mostLines: 5_000, maxLength: 5_000_000, field: ['csv'] };

describe('a cell that is written', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(1)', '\tx', "'=1", "''-1"])('is nothing a spreadsheet would run: %j', (text) => {
    expect(safeCell(text)).toBe(`'${text}`);
  });

  it.each(['x', "'x", '1-1', ''])('stays as it is where nothing could run: %j', (text) => expect(safeCell(text)).toBe(text));

  it('is read back, whatever it was', async () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab =+-@\t\'";,\\|\né漢\u{1f600}') }).map((some) => some.trim());
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom('k', '=k'), text), { minLength: 1, maxLength: 9 }), async (lines) => {
        const csv = ['a,b', ...lines.map((line) => csvLine(line))].join('\r\n');
        const rows = await readTable(csv, rules);
        expect(rows.map(({ cells }) => [cells?.a, cells?.b].map((cell) => cellText(cell ?? '')))).toEqual(lines);
      }),
      { numRuns: 100 },
    );
  });
});

it('a table of several slices is read as one, and other work is done in between', async () => {
  let turns = 0;
  const ticking = setInterval(() => (turns += 1), 0);
  const rows = await readTable(`a,b\n${'é,"two\nlines"\n'.repeat(20_000)}`, { ...rules, mostLines: 20_000 });
  clearInterval(ticking);
  expect(rows.length).toBe(20_000);
  expect(rows.every(({ cells }) => cells?.b === 'two\nlines')).toBe(true);
  expect(turns).toBeGreaterThan(0);
});
