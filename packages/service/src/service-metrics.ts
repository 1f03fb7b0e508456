import { Counter, Gauge, type Registry } from 'prom-client';
import type { Connections } from './database.ts';
import type { Backlog } from './database-pulse.ts';

/** What a service counts beside requests and events. */
export interface ServiceMetrics {
  jobRan(job: string, succeeded: boolean): void;
  found(backlog: string, count: number | null): void;
  lostActs(count: number): void;
}

/** What may pile up in every service. Counted up to 10,000: more is no more news, and must not cost the database a thing. */
export const houseBacklogs: readonly Backlog[] = [
  {
    name: 'atende_events_unnumbered',
    help: 'Own events that no relay has numbered yet, up to 10,000',
    sql: 'select count(*) from (select from event where position is null limit 10000) as few',
  },
  {
    name: 'atende_events_parked',
    help: 'Foreign events put aside after a failure, or waiting behind such a one, up to 10,000',
    sql: 'select count(*) from (select from parked_event limit 10000) as few',
  },
  {
    name: 'atende_events_given_up',
    help: 'Foreign events that failed at every try and wait for a hand, up to 10,000',
    sql: 'select count(*) from (select from parked_event where next_try_at is null limit 10000) as few',
  },
];

export function serviceMetrics(
  registry: Registry,
  { connections, backlogs }: { connections(): Connections[]; backlogs: readonly Backlog[] },
): ServiceMetrics {
  const registers = [registry];
  const runs = new Counter({ registers, name: 'atende_job_runs_total', help: 'Runs of jobs', labelNames: ['name', 'outcome'] });
  const lost = new Counter({
    registers,
    name: 'atende_audit_lost_total',
    help: 'Denials and reads that the audit log never got: the database was away for too long',
  });
  const gauges = new Map(backlogs.map(({ name, help }) => [name, new Gauge({ registers, name, help })]));
  new Gauge({
    registers,
    name: 'atende_database_connections',
    help: 'Connections of the pools to PostgreSQL; waiting: requests that wait for one',
    labelNames: ['role', 'state'],
    collect() {
      for (const { role, busy, idle, waiting } of connections())
        for (const [state, count] of Object.entries({ busy, idle, waiting })) this.set({ role, state }, count);
    },
  });
  new Gauge({
    registers,
    name: 'atende_database_connections_most',
    help: 'Most connections of a pool',
    labelNames: ['role'],
    collect() {
      for (const { role, most } of connections()) this.set({ role }, most);
    },
  });
  return {
    jobRan: (name, succeeded) => runs.inc({ name, outcome: succeeded ? 'DONE' : 'FAILED' }),
    lostActs: (count) => lost.inc(count),
    found: (backlog, count) => gauges.get(backlog)?.set(count ?? Number.NaN),
  };
}
