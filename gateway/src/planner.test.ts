import { afterEach, describe, expect, test } from '@jest/globals';
import { composeSupergraph } from './composition.ts';
import { type Planner, startPlanner } from './planner.ts';
import { TOY_SERVICES } from './testing/toy-sdl.ts';

const SDL = composeSupergraph(TOY_SERVICES);
const planners: Planner[] = [];
afterEach(async () => {
  await Promise.all(planners.splice(0).map((planner) => planner.close()));
});

async function start(limits = { budget: 5_000, queue: 10 }): Promise<Planner> {
  const planner = await startPlanner(SDL, limits);
  planners.push(planner);
  return planner;
}

describe('the planner', () => {
  test('knows the public schema and the facts of the supergraph', async () => {
    const { apiSdl, facts } = await start();
    expect(apiSdl).not.toContain('_events');
    expect(facts.live.ticketChanged).toEqual({
      field: 'ticketChanged',
      service: 'tickets',
      eventType: 'TicketEvent',
      audience: '_ticketEventAudience',
      aggregate: 'ticketId',
      answers: ['matches'],
      perPerson: true,
    });
    expect(facts.nodes).toMatchObject({ tkt: { type: 'Ticket', service: 'tickets' }, con: { type: 'Contact', service: 'identity' } });
    expect([facts.personal, facts.possibleTypes.SearchHit]).toEqual([['Ticket.allowedActions'], ['Ticket', 'Comment']]);
    expect(facts.services.map(({ name }) => name)).toEqual(['identity', 'tickets']);
  });

  test('throws a thread away that exceeds the budget, and plans on with a new one', async () => {
    const limits = { budget: 0, queue: 10 };
    const planner = await start(limits);
    await expect(planner.plan('{ ticket(id: "1") { number } }', undefined)).rejects.toMatchObject({ why: 'BUDGET' });
    limits.budget = 5_000;
    expect(await planner.plan('{ ticket(id: "1") { number } }', undefined)).toMatchObject({
      node: { kind: 'Fetch', serviceName: 'tickets' },
    });
  });

  test('says why it cannot plan, and plans the next', async () => {
    const planner = await start();
    await expect(planner.plan('{ nope }', undefined)).rejects.toMatchObject({ why: 'REFUSED', message: expect.stringContaining('nope') });
    expect(await planner.plan('{ slow }', undefined)).toMatchObject({ kind: 'QueryPlan' });
  });

  test('refuses what still waits when it ends', async () => {
    const planner = await start();
    const waiting = [1, 2, 3].map((n) => planner.plan(`{ ticket(id: "${n}") { number } }`, undefined).catch(({ why }) => why));
    await planner.close();
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['BUSY']));
    await expect(planner.plan('{ slow }', undefined)).rejects.toMatchObject({ why: 'BUSY' });
  });

  test('a text that is no supergraph never becomes a planner', async () => {
    await expect(startPlanner('type Query { a: Int }', { budget: 1, queue: 1 })).rejects.toThrow();
  });
});
