import type { Settings } from '@atende/service';
import type { z } from 'zod';

/** Name of a variable → its default as the README says it; `–`: it must be given, `none`: it may be left out. */
export type Defaults = Record<string, string>;

/** The same from the settings themselves. */
export function defaultsOf(settings: Settings): Defaults {
  return Object.fromEntries(Object.entries(settings).map(([name, { schema }]) => [name, defaultOf(schema)]));
}

function defaultOf(schema: z.ZodType): string {
  const { success, data } = schema.safeParse(undefined);
  if (!success) return '–';
  if (typeof data === 'boolean') return String(schema.safeParse('0').success ? Number(data) : data);
  return typeof data === 'string' || typeof data === 'number' ? String(data) : 'none';
}

/**
 * The table under `## Environment`: the column `variable` holds one name or several, the column `default` as many, or one
 * for all of them.
 */
export function defaultsToldIn(readme: string): Defaults {
  const [, section = ''] = `${readme}\n## `.split(/^## Environment$/m);
  const [head = [], , ...rows] = (section.split(/^## /m)[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map(cellsOf);
  const [variable, told] = [head.indexOf('variable'), head.indexOf('default')];
  return Object.fromEntries(rows.flatMap((row) => pairsOf(row[variable] ?? '', row[told] ?? '')));
}

const cellsOf = (line: string): string[] =>
  line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());

function pairsOf(names: string, told: string): [string, string][] {
  const found = names.replaceAll('`', '').split(/[\s,]+/);
  const defaults = told.replaceAll('`', '').split(/,\s*/);
  return found.map((name, at) => [name, defaults[defaults.length === 1 ? 0 : at] ?? '']);
}
