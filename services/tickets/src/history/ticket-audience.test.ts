import { anonymous, demoId, type EventRow, type Viewer } from '@atende/service';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ana, bruno, carla, diego, elisa, gisele, otavio } from '../seed/demo-people.ts';
import { buildTicket } from '../testing/build-ticket.ts';
import type { TicketRow } from '../ticket/ticket.schema.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { passes, type TicketFilter } from '../ticket/ticket-filter.ts';
import { audienceOf, happening, mustBeFollowable } from './ticket-audience.ts';
import type { State } from './ticket-ledger.ts';

const event = (changes: Partial<EventRow> = {}): EventRow =>
  ({
    id: demoId('evt', 'one'),
    aggregate: demoId('tkt', 'built'),
    version: 1,
    type: 'ticket.commented',
    audience: 'PUBLIC',
    data: { before: {}, after: {} },
    ...changes,
  }) as EventRow;

/** A person's authorization class, as the gateway makes it: nobody in it, and only contacts that see all of their organization. */
const classOf = (viewer: Viewer): Viewer => ({
  ...viewer,
  ...{ kind: 'CLASS', personId: null, sessionId: null, analystId: null },
  contacts: viewer.contacts.filter(({ scope }) => scope === 'ORGANIZATION').map((contact) => ({ ...contact, id: '' })),
});
const asked = (
  viewer: Viewer,
  { row = {}, told = {}, filter = null }: { row?: Partial<TicketRow>; told?: Partial<EventRow>; filter?: TicketFilter | null } = {},
) => audienceOf(happening(event(told), buildTicket(row), []), viewer, { filter });

const YES = { matches: true, perPerson: false };
const ASK_EACH = { matches: false, perPerson: true };

describe('a class of watchers', () => {
  it('hears of tickets that it sees as a class', () => {
    for (const viewer of [ana, carla, elisa]) expect(asked(classOf(viewer))).toEqual(YES);
  });

  it('hears nothing of what nobody in it can see', () => {
    for (const viewer of [gisele, otavio, diego, { ...anonymous, kind: 'CLASS' as const }]) expect(asked(classOf(viewer))).toBeNull();
  });

  it('of analysts is asked person by person when the ticket is bound to some analyst', () => {
    expect(asked(classOf(diego), { row: { analystIds: [diego.analystId ?? ''] } })).toEqual(ASK_EACH);
    expect(asked(diego, { row: { analystIds: [diego.analystId ?? ''] } })).toEqual(YES);
    expect(asked(diego, { row: { analystIds: [carla.analystId ?? ''] } })).toBeNull();
  });

  it('of an organization is asked person by person about a restricted ticket of it', () => {
    const row = { restricted: true, requesterId: ana.contacts[0]?.id ?? '' };
    expect(asked(classOf(ana), { row })).toEqual(ASK_EACH);
    expect(asked(ana, { row })).toEqual(YES);
    expect(asked(classOf(gisele), { row })).toBeNull();
  });

  it('never hears of a restricted ticket by group, role or assignment', () => {
    const row = { restricted: true, analystIds: [carla.analystId ?? ''] };
    for (const viewer of [carla, elisa, diego]) for (const one of [viewer, classOf(viewer)]) expect(asked(one, { row })).toBeNull();
    expect(asked(classOf(otavio), { row })).toEqual(YES);
  });
});

describe('a person with own tickets only', () => {
  it('hears of own tickets, as the requester', () => {
    expect(asked(bruno)).toEqual(YES);
    expect(asked(bruno, { row: { requesterId: ana.contacts[0]?.id ?? '' } })).toBeNull();
  });
});

describe('an event', () => {
  it('that is internal reaches staff only', () => {
    const told = { audience: 'INTERNAL' as const };
    for (const viewer of [ana, classOf(ana), bruno]) expect(asked(viewer, { told })).toBeNull();
    for (const viewer of [carla, classOf(carla), elisa]) expect(asked(viewer, { told })).toEqual(YES);
  });

  it('of the house itself reaches nobody', () => {
    for (const viewer of [ana, carla, elisa, otavio]) expect(asked(viewer, { told: { audience: 'SYSTEM' } })).toBeNull();
  });
});

describe('a live filter', () => {
  const moved = { data: { before: { status: 'OPEN' }, after: { status: 'PENDING' } } };

  it('hears that a ticket came in, went out, and nothing of others', () => {
    expect(asked(carla, { row: { status: 'PENDING' }, told: moved, filter: { status: ['PENDING'] } })).toEqual(YES);
    expect(asked(carla, { row: { status: 'PENDING' }, told: moved, filter: { status: ['OPEN'] } })).toEqual({
      matches: false,
      perPerson: false,
    });
    expect(asked(carla, { row: { status: 'PENDING' }, told: moved, filter: { status: ['CLOSED'] } })).toBeNull();
  });

  it('refuses `text`, which nobody could follow', () => {
    expect(() => mustBeFollowable({ filter: { text: 'folha' } })).toThrow('`text` cannot be followed live');
    for (const filter of [undefined, null, {}, { text: '' }, { status: ['OPEN' as const] }]) mustBeFollowable({ filter });
  });

  it('keeps a list right, however late each event is heard of', () => {
    const fields = {
      status: ['NEW', 'OPEN', 'PENDING'],
      severity: ['LOW', 'HIGH'],
      groupId: [demoId('grp', 'a'), demoId('grp', 'b')],
      classification: ['TO_CLASSIFY', 'COMPLETE'],
      requestType: ['software.rm', 'value-added.cloud'],
    } as const;
    const change = fc.record(
      {
        status: fc.constantFrom(...fields.status),
        severity: fc.constantFrom(...fields.severity),
        groupId: fc.constantFrom(...fields.groupId),
        classification: fc.constantFrom(...fields.classification),
        requestType: fc.constantFrom(...fields.requestType),
      },
      { requiredKeys: [] },
    );
    const story = fc.array(fc.record({ change, lag: fc.nat(5) }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(story, change, (steps, wanted) => {
        const filter = Object.fromEntries(
          Object.entries(wanted).map(([name, value]) => [name, name === 'groupId' || name === 'classification' ? value : [value]]),
        ) as TicketFilter;
        const rows = rowsOf(steps.map((step) => step.change));
        const events = steps.map((step, index) =>
          event({ version: index + 2, data: { before: pick(rows[index] as Ticket, step.change), after: step.change } }),
        );
        let listed = passes(rows[0] as Ticket, filter);
        // Each event is heard of some steps after it happened, in order, when the row has moved on already.
        let heardAt = 0;
        for (const [index, told] of events.entries()) {
          heardAt = Math.max(heardAt, Math.min(index + 1 + (steps[index]?.lag ?? 0), steps.length));
          const heard = audienceOf(happening(told, rows[heardAt] as Ticket, events.slice(index + 1, heardAt)), elisa, { filter });
          if (heard) listed = heard.matches;
        }
        // The last one is heard when nothing happens after it.
        expect(listed).toBe(passes(rows.at(-1) as Ticket, filter));
      }),
      { numRuns: 400 },
    );
  });
});

/** The ticket before the first change and after each. */
function rowsOf(changes: object[]): Ticket[] {
  const rows = [buildTicket({ groupId: demoId('grp', 'a'), severity: 'LOW', version: 1 })];
  for (const change of changes) rows.push(buildTicket({ ...rows.at(-1), ...change, version: rows.length + 1 }));
  return rows;
}

const pick = (row: Ticket, change: object): Partial<State> =>
  Object.fromEntries(Object.keys(change).map((key) => [key, row[key as keyof Ticket]])) as Partial<State>;
