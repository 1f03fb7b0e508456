import { demoId } from '@atende/service';
import { describe, expect, it } from '@jest/globals';
import { fold } from '../history/ticket-ledger.ts';
import type { TicketStatus } from '../lifecycle/ticket-status.ts';
import { buildFiling, buildMessage, buildTicket, buildTrace } from '../testing/build-ticket.ts';
import { type RecordingAct, recordingAct } from '../testing/recording-act.ts';
import type { Ticket } from './ticket.ts';

const carla = demoId('ana', 'carla@support.example');
const diego = demoId('ana', 'diego@support.example');
const bruno = demoId('con', 'bruno@acme.example');
const NOW = new Date('2026-03-02T12:00:00Z');
const DAY = 86_400_000; // ms
const inDays = (days: number): Date => new Date(NOW.getTime() + days * DAY);

type Verb = (ticket: Ticket, act: RecordingAct) => unknown;
const verbs: Record<string, { by: string | null; does: Verb }> = {
  take: { by: carla, does: (ticket, act) => ticket.take(act, carla) },
  'reply of support': { by: carla, does: (ticket, act) => ticket.reply(act, 'SUPPORT', buildMessage()) },
  'reply of the client': { by: bruno, does: (ticket, act) => ticket.reply(act, 'CLIENT', buildMessage()) },
  'a question': { by: carla, does: (ticket, act) => ticket.requestInformation(act, buildMessage()) },
  'a solution': { by: carla, does: (ticket, act) => ticket.proposeSolution(act, buildMessage(), { resolution: 'CLARIFICATION' }) },
  'accepting the solution': { by: bruno, does: (ticket, act) => ticket.acceptSolution(act) },
  'refusing the solution': { by: bruno, does: (ticket, act) => ticket.refuseSolution(act, buildMessage()) },
  cancelling: { by: bruno, does: (ticket, act) => ticket.cancel(act, null) },
  'a note': { by: carla, does: (ticket, act) => ticket.addNote(act, buildMessage()) },
  classifying: {
    by: carla,
    does: (ticket, act) => ticket.classify(act, carla, buildFiling(), { severity: 'HIGH', priority: 'HIGH' }, buildTrace()),
  },
  'the timer running out': { by: null, does: (ticket, act) => ticket.expire(act, ticket.stay) },
};

const waits: Partial<Record<TicketStatus, TicketStatus>> = {
  PENDING: 'CUSTOMER_VALIDATION',
  CUSTOMER_VALIDATION: 'CLOSED',
  RESOLVED: 'CLOSED',
};

/** A ticket in a status, with a timer that is due now where that status has one. */
function ticketIn(status: TicketStatus): Ticket {
  const dueTo = waits[status] ?? null;
  return buildTicket({
    status,
    stay: 3,
    dueTo,
    dueAt: dueTo && NOW,
    assigneeId: status === 'NEW' ? null : diego,
    resolution: status === 'RESOLVED' ? 'OTHER' : null,
  });
}

function done(status: TicketStatus, name: string): { ticket: Ticket; act: RecordingAct; outcome: string } {
  const { by, does } = verbs[name] as (typeof verbs)[string];
  const ticket = ticketIn(status);
  const act = recordingAct({ now: NOW, actorId: by });
  const before = JSON.stringify(ticket);
  try {
    does(ticket, act);
  } catch (error) {
    expect(JSON.stringify(ticket)).toBe(before); // what is refused changes nothing
    expect(act.told).toEqual([]);
    return { ticket, act, outcome: (error as { faults: { code: string }[] }).faults[0]?.code ?? String(error) };
  }
  return { ticket, act, outcome: ticket.status };
}

// Written from section 5 of the domain, cell by cell; '-' is TRANSITION_NOT_ALLOWED, 'over' CLOSED_TICKET_CANNOT_BE_REPLIED.
const statuses: TicketStatus[] = ['NEW', 'OPEN', 'PENDING', 'CUSTOMER_VALIDATION', 'RESOLVED', 'CLOSED', 'CANCELLED'];
const table: Record<string, string[]> = {
  take: ['OPEN', 'OPEN', 'PENDING', 'CUSTOMER_VALIDATION', 'RESOLVED', '-', '-'],
  'reply of support': ['OPEN', 'OPEN', 'PENDING', 'CUSTOMER_VALIDATION', 'RESOLVED', 'over', 'over'],
  'reply of the client': ['NEW', 'OPEN', 'OPEN', 'OPEN', 'OPEN', 'over', 'over'],
  'a question': ['PENDING', 'PENDING', 'PENDING', '-', '-', '-', '-'],
  'a solution': ['RESOLVED', 'RESOLVED', '-', '-', '-', '-', '-'],
  'accepting the solution': ['-', '-', '-', '-', 'CLOSED', '-', '-'],
  'refusing the solution': ['-', '-', '-', '-', 'OPEN', '-', '-'],
  cancelling: ['CANCELLED', 'CANCELLED', 'CANCELLED', 'CANCELLED', '-', '-', '-'],
  'a note': ['NEW', 'OPEN', 'PENDING', 'CUSTOMER_VALIDATION', 'RESOLVED', 'CLOSED', 'CANCELLED'],
  classifying: ['NEW', 'OPEN', 'PENDING', 'CUSTOMER_VALIDATION', 'RESOLVED', '-', '-'],
  'the timer running out': ['NEW', 'OPEN', 'CUSTOMER_VALIDATION', 'CLOSED', 'CLOSED', 'CLOSED', 'CANCELLED'],
};
const words: Record<string, string> = { '-': 'TRANSITION_NOT_ALLOWED', over: 'CLOSED_TICKET_CANNOT_BE_REPLIED' };

describe('the life of a ticket', () => {
  const cells = Object.entries(table).flatMap(([verb, row]) =>
    row.map((outcome, index) => [statuses[index] as TicketStatus, verb, words[outcome] ?? outcome] as const),
  );

  it.each(cells)('in %s, %s gives %s', (status, verb, outcome) => {
    expect(done(status, verb).outcome).toBe(outcome);
  });

  it.each(cells.filter(([, , outcome]) => !Object.values(words).includes(outcome)))(
    'in %s, %s is told by versions without a gap that fold to the row',
    (status, verb) => {
      const first = ticketIn(status).state();
      const { ticket, act } = done(status, verb);
      expect(act.told.map(({ version }) => version)).toEqual(act.told.map((_, index) => index + 1));
      expect(ticket.version).toBe(act.told.length);
      expect(Object.assign({}, first, ...act.told.map(({ data }) => data.after))).toEqual(ticket.state());
      let before: object = first;
      for (const { data } of act.told.filter(({ type }) => type !== 'ticket.access')) {
        expect(before).toMatchObject(data.before);
        before = { ...before, ...data.after };
      }
    },
  );
});

describe('classifying', () => {
  it('tells what changed and no more, touches no status and no timer, and is no interaction', () => {
    const ticket = ticketIn('PENDING');
    const { stay, dueAt, dueTo, lastInteractionAt, number, watchers } = ticket;
    const act = recordingAct({ now: NOW, actorId: carla });
    ticket.classify(act, carla, buildFiling({ told: { criticality: ticket.criticality } }), {}, buildTrace());
    expect(ticket).toMatchObject({ stay, dueAt, dueTo, lastInteractionAt, number, watchers, subject: 'Nota parada', severity: 'MEDIUM' });
    expect(act.timers).toEqual([]);
    expect(act.told.map(({ type }) => type)).toEqual(['ticket.classified', 'ticket.routed', 'ticket.access']);
    expect(Object.keys(act.told[0]?.data.after ?? {}).sort()).toEqual([
      'criticalityEdition',
      'criticalityRule',
      'formId',
      'productId',
      'requestType',
    ]);
  });

  it('leaves it in its queue, and whose it is, where routing chooses the same one or none is known', () => {
    for (const groupId of [ticketIn('OPEN').groupId, null]) {
      const ticket = ticketIn('OPEN');
      ticket.classify(recordingAct({ actorId: carla }), carla, buildFiling(), {}, buildTrace({ groupId }));
      expect(ticket).toMatchObject({ groupId: ticketIn('OPEN').groupId, assigneeId: diego, routing: { groupId } });
    }
  });

  it('is nobody’s yet in another queue; who had it and who classified it go on seeing it', () => {
    const ticket = ticketIn('OPEN');
    ticket.analystIds = [diego];
    const act = recordingAct({ now: NOW, actorId: carla });
    ticket.classify(act, carla, buildFiling(), {}, buildTrace());
    expect(ticket).toMatchObject({ assigneeId: null, groupId: demoId('grp', 'cloud'), analystIds: [diego, carla] });
    expect(act.told.at(-1)?.data).toMatchObject({ groupId: demoId('grp', 'cloud'), analystIds: [diego, carla] });
  });
});

describe('beginning work', () => {
  it.each(['a question', 'a solution', 'reply of support'])(
    '%s on a NEW ticket passes through OPEN, as a row of its own, and makes it the analyst’s',
    (verb) => {
      const { ticket, act } = done('NEW', verb);
      const moves = act.told.filter(({ type }) => type !== 'ticket.access').map(({ data }) => [data.fromStatus, data.toStatus]);
      expect(moves).toEqual([
        ['NEW', 'OPEN'],
        ['OPEN', ticket.status],
      ]);
      expect(ticket.assigneeId).toBe(carla);
    },
  );

  it('lets whoever took it keep seeing it, and announces so', () => {
    const { ticket, act } = done('NEW', 'take');
    expect(ticket.analystIds).toEqual([carla]);
    expect(act.told.map(({ type, audience }) => `${type} ${audience}`)).toEqual(['ticket.taken PUBLIC', 'ticket.access SYSTEM']);
    expect(act.told[1]?.data).toMatchObject({ analystIds: [carla] });
  });

  it('changes nothing for who has it already', () => {
    const ticket = ticketIn('OPEN');
    const act = recordingAct();
    ticket.take(act, diego);
    expect(act.told).toEqual([]);
  });
});

describe('timers', () => {
  it.each([
    ['OPEN', 'a question', 7, 'CUSTOMER_VALIDATION'],
    ['PENDING', 'a question', 7, 'CUSTOMER_VALIDATION'],
    ['PENDING', 'the timer running out', 5, 'CLOSED'],
    ['CUSTOMER_VALIDATION', 'reply of support', 5, 'CLOSED'],
    ['OPEN', 'a solution', 5, 'CLOSED'],
  ] as const)('in %s, %s starts %i days to %s, with a reminder a day before', (status, verb, days, dueTo) => {
    const { ticket, act } = done(status, verb);
    expect(ticket.state()).toMatchObject({ stay: 4, dueTo, dueAt: inDays(days).toISOString() });
    expect(act.timers).toEqual([
      { ticketId: ticket.id, stay: 4, kind: 'EXPIRY', dueAt: inDays(days) },
      { ticketId: ticket.id, stay: 4, kind: 'REMINDER', dueAt: inDays(days - 1) },
    ]);
  });

  it.each([
    ['PENDING', 'a note'],
    ['PENDING', 'take'],
    ['PENDING', 'reply of support'],
    ['RESOLVED', 'reply of support'],
    ['CUSTOMER_VALIDATION', 'take'],
    ['CUSTOMER_VALIDATION', 'a note'],
  ] as const)('in %s, %s leaves the timer alone', (status, verb) => {
    const { ticket, act } = done(status, verb);
    expect(ticket.state()).toMatchObject({ stay: 3, dueAt: NOW.toISOString() });
    expect(act.timers).toEqual([]);
  });

  it.each([
    ['PENDING', 'reply of the client'],
    ['RESOLVED', 'refusing the solution'],
    ['RESOLVED', 'accepting the solution'],
    ['PENDING', 'cancelling'],
  ] as const)('in %s, %s ends the stay and its timer', (status, verb) => {
    expect(done(status, verb).ticket.state()).toMatchObject({ stay: 4, dueTo: null, dueAt: null });
  });

  it('are never early, not by a millisecond', () => {
    const ticket = ticketIn('PENDING');
    const early = recordingAct({ now: new Date(NOW.getTime() - 1) });
    expect(ticket.expire(early, ticket.stay)).toBe(false);
    expect(ticket.status).toBe('PENDING');
    expect(ticket.expire(recordingAct({ now: NOW }), ticket.stay)).toBe(true);
  });

  it('of another stay mean nothing', () => {
    const ticket = ticketIn('PENDING');
    const late = recordingAct({ now: inDays(30) });
    for (const stay of [2, 4]) expect([ticket.expire(late, stay), ticket.remind(late, stay)]).toEqual([false, false]);
    expect(late.told).toEqual([]);
  });

  it('remind once, without moving anything, and not when it is too late', () => {
    const ticket = ticketIn('PENDING');
    const act = recordingAct({ now: inDays(-1) });
    const before = ticket.state();
    expect(ticket.remind(act, ticket.stay)).toBe(true);
    expect(ticket.state()).toEqual(before);
    expect(act.told[0]).toMatchObject({
      type: 'ticket.reminded',
      data: { dueTo: 'CUSTOMER_VALIDATION', dueAt: NOW.toISOString(), after: {} },
    });
    expect(ticket.remind(recordingAct({ now: NOW }), ticket.stay)).toBe(false);
  });

  it('wait as long as is set, and have no reminder where that would be at once', () => {
    const patience = { PENDING: 2 * DAY, CUSTOMER_VALIDATION: DAY, RESOLVED: DAY, reminder: 2 * DAY };
    const act = recordingAct({ now: NOW, actorId: carla, patience });
    const ticket = ticketIn('OPEN');
    ticket.requestInformation(act, buildMessage());
    expect(act.timers).toEqual([{ ticketId: ticket.id, stay: 4, kind: 'EXPIRY', dueAt: inDays(2) }]);
  });
});

describe('what a ticket tells', () => {
  it('a solution that did not hold is none', () => {
    for (const verb of ['reply of the client', 'refusing the solution']) expect(done('RESOLVED', verb).ticket.resolution).toBeNull();
    expect(done('RESOLVED', 'accepting the solution').ticket.resolution).toBe('OTHER');
  });

  it('goes back to the same analyst when its solution is refused', () => {
    expect(done('RESOLVED', 'refusing the solution').ticket.assigneeId).toBe(diego);
  });

  it('a note is told to staff only and is no interaction', () => {
    const { ticket, act } = done('OPEN', 'a note');
    expect(act.told.map(({ audience }) => audience)).toEqual(['INTERNAL']);
    expect(ticket.lastInteractionAt).not.toEqual(NOW);
  });

  it('people’s moves are interactions, the timer’s are not', () => {
    expect(done('OPEN', 'reply of the client').ticket.lastInteractionAt).toEqual(NOW);
    for (const status of ['PENDING', 'CUSTOMER_VALIDATION', 'RESOLVED'] as const) {
      expect(done(status, 'the timer running out').ticket.lastInteractionAt).not.toEqual(NOW);
    }
  });

  it('says why it closed', () => {
    const reason = (status: TicketStatus, verb: string) => done(status, verb).act.told.at(-1)?.data.reason;
    expect(reason('RESOLVED', 'accepting the solution')).toBe('ACCEPTED');
    expect(reason('RESOLVED', 'the timer running out')).toBe('TIMER_SOLUTION');
    expect(reason('CUSTOMER_VALIDATION', 'the timer running out')).toBe('TIMER_VALIDATION');
  });

  it('its first event is its whole first state, and then who may see it', () => {
    const ticket = buildTicket();
    const act = recordingAct();
    ticket.open(act, { optionIds: [], attachmentIds: [] });
    expect(act.told.map(({ type, version }) => `${type} ${version}`)).toEqual(['ticket.opened 1', 'ticket.access 2']);
    expect(fold(act.told.slice(0, 1))).toEqual(ticket.state());
  });

  it('files stored elsewhere are its own history, for the audience of their message', () => {
    const act = recordingAct();
    const file = demoId('att', 'one');
    buildTicket().noteAttachments(act, [file], 'INTERNAL');
    expect(act.told[0]).toMatchObject({
      type: 'ticket.attachments_changed',
      audience: 'INTERNAL',
      data: { addedIds: [file], removedIds: [] },
    });
  });
});
