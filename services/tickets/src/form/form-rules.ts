import { conditionKinds } from './form-condition.ts';
import type { FormDefect } from './form-defect.ts';
import { asList, asRecord } from './form-written.ts';

/** A form as it was written, with `true` in the place of every rule that is none, and what those were. */
export function withoutWrongRules(data: unknown): { data: unknown; defects: FormDefect[] } {
  const defects: FormDefect[] = [];
  const mended = (rule: unknown, path: string[]): unknown => {
    const wrong = rule === undefined || typeof rule === 'boolean' ? [] : wrongParts(rule, path);
    defects.push(...wrong.map((at): FormDefect => ({ rule: 'NO_CONDITION', path: at, params: {} })));
    return wrong.length === 0 ? rule : true;
  };
  const each = (list: unknown, path: string[], mend: (part: Record<string, unknown>, path: string[]) => object): unknown =>
    Array.isArray(list) ? list.map((part, at) => (isRecord(part) ? { ...part, ...mend(asRecord(part), [...path, `${at}`]) } : part)) : list;
  const given = (part: Record<string, unknown>, name: string, mend: (value: unknown) => unknown): object =>
    name in part ? { [name]: mend(part[name]) } : {};
  const choices = (list: unknown, path: string[]): unknown =>
    each(list, path, (choice, at) => given(choice, 'when', (when) => mended(when, [...at, 'when'])));
  const fields = (list: unknown, path: string[]): unknown =>
    each(list, path, (field, at) => ({
      ...given(field, 'visible', (rule) => mended(rule, [...at, 'visible'])),
      ...given(field, 'required', (rule) => mended(rule, [...at, 'required'])),
      ...given(field, 'fixed', (list) => choices(list, [...at, 'fixed'])),
      ...given(field, 'default', (list) => choices(list, [...at, 'default'])),
    }));
  if (!isRecord(data)) return { data, defects };
  const form = asRecord(data);
  const steps = each(form.steps, ['steps'], (step, at) => given(step, 'fields', (list) => fields(list, [...at, 'fields'])));
  return {
    data: { ...data, ...given(form, 'steps', () => steps), ...given(form, 'guidance', (list) => fields(list, ['guidance'])) },
    defects,
  };
}

const isRecord = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether something that was written is a rule. */
export const isRule = (value: unknown): boolean => typeof value === 'boolean' || wrongParts(value, []).length === 0;

/** The innermost parts that are no conditions: the whole is none because of them. Costs its own length, however wrong it is. */
function wrongParts(rule: unknown, path: string[]): string[][] {
  const record = isRecord(rule) ? asRecord(rule) : {};
  const [kind, ...others] = Object.keys(conditionKinds).filter((name) => name in record) as (keyof typeof conditionKinds)[];
  if (!kind || others.length > 0) return [path];
  if (kind !== 'all' && kind !== 'any' && kind !== 'not') return conditionKinds[kind].safeParse(rule).success ? [] : [path];
  if (Object.keys(record).length > 1) return [path];
  if (kind === 'not') return wrongParts(record.not, [...path, 'not']);
  const parts = asList(record[kind]);
  return parts.length === 0 ? [path] : parts.flatMap((part, at) => wrongParts(part, [...path, kind, `${at}`]));
}
