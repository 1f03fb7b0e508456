import { expect, test } from '@jest/globals';
import { catalogue } from './catalogue.ts';
import { goldenSamples } from './samples.ts';
import { TicketOpened, TicketState } from './ticket-events.ts';

const lives = goldenSamples('tickets').filter((sample) => sample.type.startsWith('ticket.') && sample.type !== 'ticket.access');

test('ticket.opened carries the whole first state', () => {
  const opened = lives.find((sample) => sample.type === TicketOpened.type);
  expect(TicketState.safeParse(opened?.data.after).success).toBe(true);
  expect(Object.keys(opened?.data.after as object).sort()).toEqual(Object.keys(TicketState.shape).sort());
});

test.each(lives.map((sample) => [sample.type, sample.data] as const))('%s says where it led, so that a history folds', (_, data) => {
  const { fromStatus, toStatus, before, after } = data as {
    fromStatus: string | null;
    toStatus: string;
    before: object;
    after: { status?: string };
  };
  if (fromStatus !== toStatus) expect(after.status).toBe(toStatus);
  else expect(after).not.toHaveProperty('status');
  if (fromStatus !== null) expect(Object.keys(before).filter((key) => !(key in after))).toEqual([]);
});

test('every event of a ticket but ticket.access tells its movement', () => {
  for (const { type, data } of catalogue.values()) {
    if (!type.startsWith('ticket.') || type === 'ticket.access') continue;
    expect(Object.keys((data as typeof TicketOpened.data).shape)).toEqual(
      expect.arrayContaining(['fromStatus', 'toStatus', 'before', 'after']),
    );
  }
});
