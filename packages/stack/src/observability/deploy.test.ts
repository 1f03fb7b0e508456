import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { repositoryRoot } from '../repository.ts';
import { services } from '../services.ts';
import { metricsTable } from './metrics-table.ts';
import { namesIn } from './promql.ts';

const read = (file: string): string => readFileSync(join(repositoryRoot, 'deploy', file), 'utf8');

interface Rule {
  alert: string;
  expr: string;
  for?: string;
  labels: { severity: string };
  annotations: { summary: string; runbook: string };
}
interface Panel {
  title: string;
  type: string;
  targets?: { expr: string }[];
}

const rules = (parse(read('alerts/atende.rules.yaml')) as { groups: { rules: Rule[] }[] }).groups.flatMap((group) => group.rules);
const panels = (JSON.parse(read('grafana/atende.json')) as { panels: Panel[] }).panels;
const table = metricsTable();

const TARGET = ['process', 'instance', 'job']; // put on by Prometheus, as prometheus.yml says
const PARTS: Record<string, string> = { _bucket: 'le', _sum: '', _count: '' };

/** The labels of a metric as Prometheus stores it; undefined: nobody prints it. */
function labelsOf(name: string): string[] | undefined {
  if (name === 'up') return TARGET;
  const [, base = name, part = ''] = /^(.*?)(_bucket|_sum|_count)?$/.exec(name) ?? [];
  const described = table.get(part ? base : name);
  if (!described || (described.type === 'histogram') !== (part !== '')) return undefined;
  return [...described.labels, ...TARGET, ...(PARTS[part] ? [PARTS[part]] : [])];
}

function faultsOf(expression: string): string[] {
  const { metrics, grouping } = namesIn(expression);
  const known = metrics.flatMap(({ name }) => labelsOf(name) ?? []);
  return [
    ...metrics.filter(({ name }) => !labelsOf(name)).map(({ name }) => `nobody prints ${name}`),
    ...metrics.flatMap(({ name, labels }) =>
      labels.filter((label) => !labelsOf(name)?.includes(label)).map((label) => `${name} has no ${label}`),
    ),
    ...grouping.filter((label) => !known.includes(label)).map((label) => `grouped by ${label}, which none of them has`),
    ...(metrics.length === 0 ? ['no metric at all'] : []),
  ];
}

describe('what looks at the figures', () => {
  it.each(rules.map((rule) => [rule.alert, rule.expr]))('the alert %s knows only names that are printed', (_, expression) => {
    expect(faultsOf(expression)).toEqual([]);
  });

  it.each(panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => [title, expr] as const)))(
    'the panel “%s” too: %s',
    (_, expression) => {
      expect(faultsOf(expression)).toEqual([]);
    },
  );

  it('a name that nobody prints, a label that a metric has not, and a histogram without its parts are found', () => {
    expect(faultsOf('rate(atende_gateway_frames[5m])')).toEqual(['nobody prints atende_gateway_frames']);
    expect(faultsOf('sum by (code) (rate(atende_gateway_frames_total{operation="x"}[5m]))')).toEqual([
      'atende_gateway_frames_total has no operation',
      'grouped by code, which none of them has',
    ]);
    expect(faultsOf('atende_request_seconds > 1')).toEqual(['nobody prints atende_request_seconds']);
    expect(faultsOf('sum by (le) (rate(atende_request_seconds_bucket{process="x"}[5m]))')).toEqual([]);
  });

  it('every alert says how bad it is and what to do, under a name of its own', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    for (const { labels, annotations } of rules) {
      expect(['critical', 'warning']).toContain(labels.severity);
      expect(annotations.summary.length).toBeGreaterThan(10);
      expect(annotations.runbook.length).toBeGreaterThan(40);
    }
  });

  it('every alert has a case of its own for promtool', () => {
    const cases = read('alerts/atende.rules.test.yaml');
    expect(rules.map(({ alert }) => alert).filter((alert) => !cases.includes(`{alertname="${alert}",`))).toEqual([]);
  });

  it('the board has a row for each side of the house', () => {
    const rows = panels.filter(({ type }) => type === 'row').map(({ title }) => title);
    expect(rows).toEqual(['Traffic', 'Errors', 'Latency', 'Live', 'Events', 'Database', 'Processes']);
  });

  it('the board shows every figure of our own', () => {
    const shown = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)).join();
    expect([...table.keys()].filter((name) => !shown.includes(name))).toEqual(['process_start_time_seconds']); // that one is an alert's
  });

  it('Prometheus finds every process of npm start', () => {
    const [scrape] = (parse(read('prometheus/prometheus.yml')) as { scrape_configs: { static_configs: object[] }[] }).scrape_configs;
    const expected = [{ name: 'gateway', port: 4_100 }, ...services].map(({ name, port }) => ({
      targets: [`127.0.0.1:${port + 100}`],
      labels: { process: name },
    }));
    expect(scrape?.static_configs).toEqual(expect.arrayContaining(expected));
  });
});
