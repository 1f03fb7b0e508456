import { setTimeout } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type AuditedAct, type Doing, recordAct } from './audit.ts';
import type { Log } from './log.ts';
import { Repeats } from './repeats.ts';
import { anonymous } from './viewer.ts';

type Fact = AuditedAct & { by: Doing };

export interface TrailParts {
  /** A fresh unit of work of the worker role. */
  forWorker(): EntityManager;
  log: Log;
  /** ms between looks for what was repeated, and between tries when the database is away. */
  everyMs?: number;
  /** Different ones that are told apart in a minute. */
  most?: number;
  /** Told of acts that found no room and are lost. */
  lost?(count: number): void;
}

/** Acts that nobody waits for: denials, and reads that repeat. */
export interface Trail {
  /**
   * The first of its kind within a minute is written at once, those after it as one act with their number. Kind: who, act, field
   * and code; with `apart` also the subject. Costs the caller a look into a map.
   */
  note(by: Doing, act: AuditedAct, apart?: boolean): void;
  /** The same for what must be written before it happens: resolves when it is, or was counted. */
  write(by: Doing, act: AuditedAct): Promise<void>;
  stop(): Promise<void>;
}

const MOST_WAITING = 10_000; // acts, while the database is away

export function startTrail({ forWorker, log, everyMs = 5_000, most, lost = () => {} }: TrailParts): Trail {
  const repeats = new Repeats<Fact>({ most });
  const stopping = new AbortController();
  const { signal } = stopping;
  let waiting: Fact[] = [];
  let writing: Promise<void> | null = null;

  const wait = (fact: Fact): void => {
    if (waiting.length < MOST_WAITING) waiting.push(fact);
    else lost(fact.count ?? 1);
  };
  const writeAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const facts = waiting;
      waiting = [];
      try {
        await commit(forWorker(), facts);
      } catch (error) {
        for (const fact of waiting.splice(0)) facts.push(fact);
        for (const fact of facts) wait(fact);
        log.warn({ err: error, waiting: waiting.length }, 'acts wait for the audit log');
        return;
      }
    }
  };
  const write = (): Promise<void> => {
    writing ??= writeAll().finally(() => {
      writing = null;
    });
    return writing;
  };
  const collect = (now: number): void => {
    for (const { fact, count } of repeats.due(now)) wait({ ...fact, count });
  };
  const isNews = (fact: Fact, apart: boolean): boolean => {
    const { by, act, field = '', code = '', subjectId } = fact;
    const kind = [act, field, code];
    const key = [...kind, whoOf(by), ...(apart ? [subjectId] : [])].join(' ');
    if (repeats.takes(key)) return repeats.isNews(key, fact, Date.now(), ofBoth);
    const ofNobody = { ...fact, subjectId: null, by: { ...by, viewer: anonymous, address: null } };
    return repeats.isNews(kind.join(' '), ofNobody, Date.now(), ofBoth);
  };
  const looking = (async () => {
    while (!signal.aborted) {
      await setTimeout(everyMs, undefined, { signal }).catch(() => {});
      collect(signal.aborted ? Number.POSITIVE_INFINITY : Date.now());
      await write();
    }
    await write(); // what came while the last ones were written
  })();

  return {
    note: (by, act, apart = false) => {
      const fact = factOf(by, act);
      if (!isNews(fact, apart)) return;
      wait(fact);
      void write();
    },
    write: async (by, act) => {
      const fact = factOf(by, act);
      if (isNews(fact, true)) await commit(forWorker(), [fact]);
    },
    stop: async () => {
      stopping.abort();
      await looking;
    },
  };
}

// Not the request's whole context: it would live as long as its minute.
const factOf = ({ viewer, now, requestId, traceparent, address }: Doing, act: AuditedAct): Fact => ({
  ...act,
  by: { viewer, now, requestId, traceparent, address },
});

const commit = (em: EntityManager, facts: readonly Fact[]): Promise<void> =>
  em.transactional(async (transaction) => {
    for (const { by, ...act } of facts) recordAct(transaction, by, act);
  });

/** A person, or whoever stands at an address without having signed in. */
const whoOf = ({ viewer, address }: Doing): string => viewer.personId ?? address ?? '';

const ofBoth = (before: Fact, now: Fact): Fact => ({ ...now, subjectId: before.subjectId === now.subjectId ? now.subjectId : null });
