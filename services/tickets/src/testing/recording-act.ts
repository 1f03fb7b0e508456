import type { Envelope } from '@atende/events';
import { usualPatience } from '../lifecycle/ticket-status.ts';
import type { Act, Timer } from '../ticket/ticket-act.ts';

export interface Told {
  type: string;
  version: number;
  audience: Envelope['audience'];
  data: Record<string, never> & { before: object; after: object };
}

export type RecordingAct = Act & { told: Told[]; timers: Timer[] };

/** A deed whose events and timers are kept in lists; each event is checked against its own contract. */
export function recordingAct({
  now = new Date('2026-03-02T12:00:00Z'),
  actorId = null,
  patience = usualPatience,
}: Partial<Act> = {}): RecordingAct {
  const told: Told[] = [];
  const timers: Timer[] = [];
  return {
    ...{ now, actorId, patience, told, timers },
    record: ({ type, data: contract }, { version, audience, data }) =>
      void told.push({ type, version, audience, data: contract.parse(data) as Told['data'] }),
    schedule: (timer) => void timers.push(timer),
  };
}
