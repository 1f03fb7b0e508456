import { demoId, Refused } from '@atende/service';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold } from '../history/ticket-ledger.ts';
import { BORN, buildFiling, buildMessage, buildTicket, buildTrace } from '../testing/build-ticket.ts';
import { type RecordingAct, recordingAct, type Told } from '../testing/recording-act.ts';
import type { Ticket } from './ticket.ts';
import type { Timer } from './ticket-act.ts';

const carla = demoId('ana', 'carla@support.example');
const diego = demoId('ana', 'diego@support.example');
const bruno = demoId('con', 'bruno@acme.example');
const HOUR = 3_600_000; // ms

const deeds: { by: string | null; does(ticket: Ticket, act: RecordingAct): unknown }[] = [
  { by: carla, does: (ticket, act) => ticket.take(act, carla) },
  { by: diego, does: (ticket, act) => ticket.take(act, diego) },
  { by: carla, does: (ticket, act) => ticket.reply(act, 'SUPPORT', buildMessage()) },
  { by: bruno, does: (ticket, act) => ticket.reply(act, 'CLIENT', buildMessage()) },
  { by: diego, does: (ticket, act) => ticket.requestInformation(act, buildMessage()) },
  { by: carla, does: (ticket, act) => ticket.proposeSolution(act, buildMessage(), { resolution: 'OTHER' }) },
  { by: bruno, does: (ticket, act) => ticket.acceptSolution(act) },
  { by: bruno, does: (ticket, act) => ticket.refuseSolution(act, buildMessage()) },
  { by: bruno, does: (ticket, act) => ticket.cancel(act, null) },
  { by: carla, does: (ticket, act) => ticket.addNote(act, buildMessage()) },
  { by: null, does: (ticket, act) => ticket.expire(act, ticket.stay) },
  { by: null, does: (ticket, act) => ticket.expire(act, ticket.stay - 1) },
  { by: null, does: (ticket, act) => ticket.remind(act, ticket.stay) },
  { by: carla, does: (ticket, act) => ticket.classify(act, carla, buildFiling(), { severity: 'HIGH', priority: 'HIGH' }, buildTrace()) },
  {
    by: diego,
    does: (ticket, act) =>
      ticket.classify(
        act,
        diego,
        buildFiling({ told: { requestType: 'value-added.cloud', productId: null } }),
        {},
        buildTrace({ groupId: null }),
      ),
  },
  { by: null, does: (ticket, act) => ticket.noteAttachments(act, [demoId('att', 'x')], 'PUBLIC') },
];
const lives = fc.array(fc.record({ deed: fc.nat(deeds.length - 1), hours: fc.integer({ min: 0, max: 24 * 9 }) }), { maxLength: 40 });

interface Life {
  ticket: Ticket;
  told: Told[];
  timers: Timer[];
}

/** A life of random deeds at random moments; what is refused did not happen. */
function live(steps: { deed: number; hours: number }[]): Life {
  const ticket = buildTicket();
  const life: Life = { ticket, told: [], timers: [] };
  let now = BORN;
  const opening = recordingAct({ now });
  ticket.open(opening, { optionIds: [], attachmentIds: [] });
  life.told.push(...opening.told);
  for (const { deed, hours } of steps) {
    now = new Date(now.getTime() + hours * HOUR);
    const { by, does } = deeds[deed] as (typeof deeds)[number];
    const own = recordingAct({ now, actorId: by });
    try {
      does(ticket, own);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
    life.told.push(...own.told);
    life.timers.push(...own.timers);
  }
  return life;
}

describe('whatever is done to a ticket', () => {
  it('its history folds to exactly its row, in versions 1 to n without a gap', () => {
    fc.assert(
      fc.property(lives, (steps) => {
        const { ticket, told } = live(steps);
        expect(told.map(({ version }) => version)).toEqual(told.map((_, index) => index + 1));
        expect(ticket.version).toBe(told.length);
        expect(fold(told)).toEqual(ticket.state());
      }),
      { numRuns: 300 },
    );
  });

  it('each event says what was before, so that the history can be walked back', () => {
    fc.assert(
      fc.property(lives, (steps) => {
        const moves = live(steps).told.filter(({ type }) => type !== 'ticket.access');
        let state: object = fold(moves.slice(0, 1));
        for (const { data } of moves.slice(1)) {
          expect(Object.keys(data.before).sort()).toEqual(Object.keys(data.after).sort());
          expect(state).toMatchObject(data.before);
          state = { ...state, ...data.after };
        }
      }),
      { numRuns: 200 },
    );
  });

  it('a timer runs exactly while the client is awaited, set once per stay', () => {
    fc.assert(
      fc.property(lives, (steps) => {
        const { ticket, timers } = live(steps);
        const waits = ['PENDING', 'CUSTOMER_VALIDATION', 'RESOLVED'].includes(ticket.status);
        expect([ticket.dueAt !== null, ticket.dueTo !== null]).toEqual([waits, waits]);
        const running = timers.filter(({ stay, kind }) => stay === ticket.stay && kind === 'EXPIRY');
        expect(running.map(({ dueAt }) => dueAt)).toEqual(waits ? [ticket.dueAt] : []);
        expect(new Set(timers.map(({ stay, kind }) => `${stay} ${kind}`)).size).toBe(timers.length);
      }),
      { numRuns: 300 },
    );
  });

  it('who may see it is announced whenever it changes, in the order of versions', () => {
    fc.assert(
      fc.property(lives, (steps) => {
        const { ticket, told } = live(steps);
        const announced = told.filter(({ type }) => type === 'ticket.access').at(-1)?.data;
        expect(announced).toMatchObject({ analystIds: ticket.analystIds, restricted: ticket.restricted, groupId: ticket.groupId });
      }),
      { numRuns: 100 },
    );
  });
});
