import type { Backlog } from '@atende/service';

/** Timers that should have acted. The job looks every second, so that a few seconds are nothing. */
export const overdue: Backlog[] = [
  {
    name: 'atende_timers_overdue',
    help: 'Timers whose moment has passed and that have not acted yet, up to 10,000',
    sql: 'select count(*) from (select from deadline where due_at <= $1 limit 10000) as few',
  },
  {
    name: 'atende_timers_overdue_seconds',
    help: 'How long the oldest of them waits',
    sql: 'select coalesce(extract(epoch from $1 - min(due_at)), 0) from deadline where due_at <= $1',
  },
];
