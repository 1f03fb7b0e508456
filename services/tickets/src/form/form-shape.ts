import type { z } from 'zod';
import { formSchema } from './form.ts';
import { conditionSchema } from './form-condition.ts';
import type { FormDefect } from './form-defect.ts';

type Issue = z.core.$ZodIssue;

/** What is wrong with the shape of a form: what is missing, unknown, or not of its kind. */
export const shapeDefects = (data: unknown): FormDefect[] =>
  (formSchema.safeParse(data).error?.issues ?? []).flatMap((issue) => defectsOf(issue, data));

function defectsOf(issue: Issue, data: unknown): FormDefect[] {
  const path = issue.path.map(String);
  const given = path.reduce<unknown>((value, part) => asRecord(value)[part], data);
  const defect = (rule: FormDefect['rule'], params: FormDefect['params'] = {}, at = path): FormDefect => ({ rule, path: at, params });
  if (given === undefined) return [defect('MISSING')];
  switch (issue.code) {
    case 'invalid_type':
      return [defect('WRONG_TYPE', { expected: issue.expected })];
    case 'unrecognized_keys':
      return issue.keys.map((key) => defect('UNKNOWN_PROPERTY', { key: key.slice(0, 40) }, [...path, key]));
    case 'invalid_value':
      return [defect('NOT_ONE_OF', { values: issue.values.join(', ') })];
    case 'invalid_format':
      return [defect('WRONG_FORMAT', { format: path.findLast((part) => Number.isNaN(Number(part))) ?? '' })];
    case 'too_small':
      return [issue.origin === 'number' || issue.origin === 'int' ? defect('OUT_OF_RANGE') : defect('TOO_FEW')];
    case 'too_big':
      return [
        issue.origin === 'string' || issue.origin === 'array' ? defect('TOO_LONG', { max: Number(issue.maximum) }) : defect('OUT_OF_RANGE'),
      ];
    case 'invalid_union':
      return path.at(-1) === 'value' ? [defect('NOT_ITS_VALUE')] : wrongParts(given, path).map((at) => defect('NO_CONDITION', {}, at));
    default:
      return [defect('WRONG_FORMAT', { format: '' })];
  }
}

/** The innermost parts of a rule that are no conditions: the whole is none because of them. */
function wrongParts(rule: unknown, path: string[]): string[][] {
  const inner = ['all', 'any', 'not'].flatMap((name): [string[], unknown][] => {
    const parts = asRecord(rule)[name];
    if (Array.isArray(parts) && name !== 'not') return parts.map((part, at) => [[...path, name, String(at)], part]);
    return name === 'not' && parts !== undefined ? [[[...path, name], parts]] : [];
  });
  const wrong = inner.filter(([, part]) => !conditionSchema.safeParse(part).success);
  return wrong.length === 0 ? [path] : wrong.flatMap(([at, part]) => wrongParts(part, at));
}

export const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
/** The own properties of whatever was written; nothing of a prototype. */
export const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? Object.assign(Object.create(null), value) : Object.create(null);
