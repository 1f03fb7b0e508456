import { describe, expect, it } from '@jest/globals';
import { withStack } from '../testing/with-stack.ts';
import { asking } from './asking.ts';
import { changing } from './changing.ts';
import { crowd } from './crowd.ts';
import { files } from './files.ts';
import { foreignIds } from './foreign-ids.ts';
import { live } from './live.ts';
import { Matrix } from './matrix.ts';
import { paging } from './paging.ts';
import { personal } from './personal.ts';
import { searching } from './searching.ts';
import { secondary } from './secondary.ts';
import { servicesDirectly } from './services-directly.ts';
import { visible } from './visible.ts';

let matrix: Matrix;
const the = (): Matrix => matrix;
withStack(async ({ dataDir }) => {
  matrix = await Matrix.over(dataDir);
});

describe('the isolation matrix', () => {
  asking(the);
  foreignIds(the);
  servicesDirectly(the);
  searching(the);
  paging(the);
  files(the);
  crowd(the);
  changing(the);
  live(the);
  personal(the);
  secondary(the);

  it('has shown nobody an object or a field that the policy table does not allow', async () => {
    const { leaks, used } = matrix.sightings.judge(await matrix.refresh());
    expect(leaks).toEqual([]);
    // Not vacuous: every row of the table was used, in every relation it names.
    const rows = Object.entries(visible).flatMap(([type, { shown }]) =>
      shown.flatMap(([to]) => to.map((relation) => `${type} ${relation}`)),
    );
    expect(rows.filter((row) => !used.has(row))).toEqual([]);
    const fields = Object.values(visible).reduce((sum, { shown }) => sum + shown.reduce((of, [, names]) => of + names.length, 0), 0);
    const { cases, denied, shown } = matrix.counts;
    process.stdout.write(
      `isolation matrix: ${Object.keys(visible).length} types, ${fields} fields, ${matrix.operations.length} root fields, ` +
        `${cases} cases, ${denied} denied, ${shown} allowed by policy, ${matrix.sightings.size} values of objects judged\n`,
    );
  });
});
