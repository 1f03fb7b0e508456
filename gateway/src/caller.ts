import type { Language, Viewer } from '@atende/service/process';
import type { Payer } from './rate-payer.ts';

/** On whose behalf services are called, and what travels with the calls. */
export interface Caller {
  viewer: Viewer;
  language: Language;
  requestId: string;
  traceparent: string | null;
  /** The client's address as the gateway saw it; null for work of the gateway's own. */
  address: string | null;
  /** Which program asks, as it says itself (client-name.ts). */
  client?: string;
  /** Whose budgets it is charged to; none for work of the gateway's own, and for events, which are run for many at once. */
  payer?: Payer;
  /** Aborts what can be given up: queries, never mutations. */
  signal?: AbortSignal;
  /** When the whole request must have an answer, in ms of `performance.now()`. */
  deadline: number;
}

const REQUEST_TIME = 8_000; // ms for all calls of one request

export function newDeadline(): number {
  return performance.now() + REQUEST_TIME;
}
