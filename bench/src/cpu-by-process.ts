import { readFileSync } from 'node:fs';
import type { Stack } from '@atende/stack';
import { cpuMs, familyOf } from './cpu.ts';

/** CPU so far in ms, by process id, with whose it is: `tickets`, or the role that PostgreSQL works for. */
export type Standing = ReadonlyMap<number, { name: string; ms: number }>;

export function standingOf({ processes }: Pick<Stack, 'processes'>): Standing {
  const standing = new Map<number, { name: string; ms: number }>();
  for (const { name, pid } of processes) {
    for (const member of pid === undefined ? [] : familyOf(pid)) {
      const ms = orElse(() => cpuMs(member), 0);
      standing.set(member, { name: name === 'postgres' ? roleOf(member) : name, ms });
    }
  }
  return standing;
}

/** What each name has used in between, in ms. */
export function usedBetween(before: Standing, after: Standing): Map<string, number> {
  const used = new Map<string, number>();
  for (const [pid, { name, ms }] of after) used.set(name, (used.get(name) ?? 0) + ms - (before.get(pid)?.ms ?? 0));
  return used;
}

/** A backend says in its title for which role it works: `postgres: tickets_app tickets …`. */
function roleOf(pid: number): string {
  const title = orElse(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'), '');
  const role = /^postgres: ([a-z]+_[a-z]+) /.exec(title)?.[1];
  return `PostgreSQL, ${role ?? 'itself'}`;
}

function orElse<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise; // it ended while we looked
  }
}
