import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../repository.ts';

/** A metric as docs/guides/observability.md describes it. */
export interface Described {
  name: string;
  type: string;
  labels: string[];
  /** `every process`, `services`, or the name of one. */
  of: string;
  /** Of a histogram: its upper bounds as Prometheus prints them. */
  bounds: string[];
}

export function metricsTable(guide = readFileSync(join(repositoryRoot, 'docs/guides/observability.md'), 'utf8')): Map<string, Described> {
  const rows = guide.split('\n').map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const bounds = new Map(rows.filter(([set = '']) => /^[A-Z]$/.test(set)).map(([set = '', list = '']) => [set, list.split(' ')]));
  const described = rows.flatMap(([first = '', type = '', labels = '', of = '']) => {
    const name = /^`([a-z][a-z0-9_]+)`$/.exec(first)?.[1];
    const [kind = '', set] = type.split(' ');
    if (!name || !['gauge', 'counter', 'histogram'].includes(kind)) return [];
    return [
      {
        name,
        type: kind,
        labels: [...labels.matchAll(/`(\w+)`/g)].map(([, label = '']) => label),
        of,
        bounds: bounds.get(set ?? '') ?? [],
      },
    ];
  });
  return new Map(described.map((metric) => [metric.name, metric]));
}

/** Whether a process of this name prints it. */
export const isOf = ({ of }: Described, process: string): boolean =>
  of === 'every process' || of === process || (of === 'services' && process !== 'gateway');
