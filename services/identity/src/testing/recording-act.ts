import type { Act } from '../act.ts';

export interface Recorded {
  type: string;
  aggregate: string;
  version: number;
  data: unknown;
}

/** An act whose events are kept in a list, each checked against its own contract. */
export function recordingAct(now = new Date('2026-03-02T12:00:00Z')): Act & { events: Recorded[] } {
  const events: Recorded[] = [];
  return {
    now,
    events,
    record: (definition, { aggregate, version, data }) =>
      void events.push({ type: definition.type, aggregate, version, data: definition.data.parse(data) }),
  };
}
