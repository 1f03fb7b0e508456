import type { z } from 'zod';
import { type Form, formSchema } from './form.ts';
import type { FormDefect } from './form-defect.ts';
import { asRecord } from './form-written.ts';

type Issue = z.core.$ZodIssue;

/** Reads the shape of a form: what is missing, unknown, or not of its kind. `form` is null where anything is. */
export function readShape(data: unknown): { form: Form | null; defects: FormDefect[] } {
  const { data: form = null, error } = formSchema.safeParse(data);
  return { form, defects: (error?.issues ?? []).flatMap((issue) => defectsOf(issue, data)) };
}

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
      return [defect('NOT_ITS_VALUE')];
    default:
      return [defect('WRONG_FORMAT', { format: '' })];
  }
}
