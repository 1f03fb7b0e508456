import { ErrorCode, type Fault, isLine } from '@atende/service';
import { languages } from '../form/form-text.ts';
import { type CriticalityRow, factors } from './criticality.ts';
import { factsReaching, shadowsOf, usualPatience } from './decision-reach.ts';

const MOST_ROWS = 100;
const MOST_VALUES = 50; // of one condition
const MAX_REASON = 200; // characters
const ROW_ID = /^[a-z0-9][a-z0-9-]{0,59}$/;

/** Factors whose values are entries of the catalogue, and their lists. */
export const listOf = { category: 'CATEGORY', origin: 'ORIGIN', effect: 'EFFECT', impact: 'IMPACT' } as const;

/** Everything that is wrong with rows as supervisors wrote them; `isKnown` says whether a list of the catalogue has a code. */
export function tableFaults(rows: readonly CriticalityRow[], isKnown: (list: string, code: string) => boolean): Fault[] {
  if (rows.length === 0) return [{ code: ErrorCode.REQUIRED, field: ['rows'] }];
  if (rows.length > MOST_ROWS) return [{ code: ErrorCode.TOO_MANY, field: ['rows'], params: { max: MOST_ROWS } }];
  const shape = rows.flatMap((row, index) => rowFaults(row, isKnown).map(under(index)));
  return [...shape, ...twins(rows), ...lastFault(rows), ...(shape.length > 0 ? [] : unreached(rows))];
}

const under =
  (index: number) =>
  ({ field = [], ...fault }: Fault): Fault => ({ ...fault, field: ['rows', String(index), ...field] });

function rowFaults({ id, when, reason }: CriticalityRow, isKnown: (list: string, code: string) => boolean): Fault[] {
  const faults: Fault[] = ROW_ID.test(id) ? [] : [{ code: ErrorCode.BAD_USER_INPUT, field: ['rule'] }];
  for (const factor of factors) {
    const values: readonly unknown[] | undefined = when[factor];
    const field = ['when', factor];
    if (values?.length === 0) faults.push({ code: ErrorCode.REQUIRED, field });
    if (values && values.length > MOST_VALUES) faults.push({ code: ErrorCode.TOO_MANY, field, params: { max: MOST_VALUES } });
    else if (values && factor in listOf)
      for (const [at, value] of values.entries())
        if (!isKnown(listOf[factor as keyof typeof listOf], String(value)))
          faults.push({ code: ErrorCode.UNKNOWN_CODE, field: [...field, String(at)], params: { value: String(value).slice(0, 80) } });
  }
  for (const language of languages) faults.push(...reasonFaults(reason[language], ['reason', language.replace('-', '')]));
  return faults;
}

function reasonFaults(words: string, field: string[]): Fault[] {
  if (words === '') return [{ code: ErrorCode.REQUIRED, field }];
  if (words.length > MAX_REASON) return [{ code: ErrorCode.TOO_LONG, field, params: { max: MAX_REASON, length: words.length } }];
  return isLine(words, MAX_REASON) ? [] : [{ code: ErrorCode.BAD_USER_INPUT, field }];
}

const twins = (rows: readonly CriticalityRow[]): Fault[] =>
  rows.flatMap(({ id }, index) =>
    rows.findIndex((row) => row.id === id) < index ? [under(index)({ code: ErrorCode.DUPLICATE_ROW, field: ['rule'] })] : [],
  );

const lastFault = (rows: readonly CriticalityRow[]): Fault[] =>
  factors.some((factor) => rows.at(-1)?.when[factor] !== undefined)
    ? [under(rows.length - 1)({ code: ErrorCode.LAST_ROW_MUST_MATCH_EVERYTHING, field: ['when'] })]
    : [];

const unreached = (rows: readonly CriticalityRow[], patience = usualPatience()): Fault[] =>
  rows.flatMap((_, index) => {
    if (factsReaching(rows, index, patience) !== null) return [];
    const by = shadowsOf(rows, index)
      .map(({ id }) => id)
      .join(', ');
    return [under(index)({ code: ErrorCode.ROW_NEVER_DECIDES, params: { by } })];
  });
