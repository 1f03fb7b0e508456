import { Guard, messages as houseMessages, isId, pageSize, toUserErrors, type UserError } from '@atende/service';
import { Arg, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import { drawCriticality } from '../form/form.view.ts';
import { messages } from '../messages.ts';
import { bySupervisor } from '../ticket/ticket.policy.ts';
import { Ticket } from '../ticket/ticket.ts';
import type { TicketsContext } from '../tickets-context.ts';
import { type CriticalityTable, decideCriticality, nothingSaid } from './criticality.ts';
import { rowOf } from './decision-row.view.ts';
import { faultsOf } from './decision-table.deeds.ts';
import { CriticalityFacts, DecisionRowInput } from './decision-table.graphql.ts';
import { CriticalityDryRun, CriticalityTrace } from './decision-trial.graphql.ts';
import { tryTable } from './decision-trial.ts';
import { factsOfTickets } from './ticket-facts.ts';

const ROWS = { nullable: true, description: 'Rows that nobody saved; the table in force when absent.' };

@Resolver()
export class DecisionTrialResolver {
  @Query(() => CriticalityTrace, {
    nullable: true,
    description: 'Which row decides on a ticket or on facts, and why no row above it does. Null: there is no such ticket.',
  })
  @Guard(bySupervisor)
  async criticalityPreview(
    @Arg('ticketId', () => ID, { nullable: true, description: 'By what this ticket says.' }) ticketId: string | null,
    @Arg('facts', () => CriticalityFacts, { nullable: true, description: 'Instead of `ticketId`; beside it, what is said otherwise.' })
    given: CriticalityFacts | null,
    @Arg('rows', () => [DecisionRowInput], ROWS) rows: DecisionRowInput[] | null,
    @Ctx() context: TicketsContext,
  ): Promise<CriticalityTrace | null> {
    const { em, deps, load, language } = context;
    const ticket = isId('tkt', ticketId ?? '') ? await load<Ticket>('Ticket', ticketId ?? '') : null;
    if (typeof ticketId === 'string' && !ticket) return null;
    const [said = nothingSaid] = ticket ? await factsOfTickets(em, deps.library, [ticket]) : [];
    const { table, errors } = await tableOf(context, rows);
    const { facts, decision, passed, barredBy } = tryTable(table, { ...said, ...saidIn(given) });
    return { facts, criticality: decision && drawCriticality(decision, language), passed, attentionBarredBy: barredBy, errors };
  }

  @Query(() => CriticalityDryRun, { description: 'What rows that nobody saved would change on the last tickets. Nothing is written.' })
  @Guard(bySupervisor)
  async criticalityDryRun(
    @Arg('last', () => Int, { description: 'How many of the newest tickets, 1 to 100.' }) last: number,
    @Arg('rows', () => [DecisionRowInput], { description: 'Rows that nobody saved.' }) rows: DecisionRowInput[],
    @Ctx() context: TicketsContext,
  ): Promise<CriticalityDryRun> {
    const { em, deps, language } = context;
    const tickets = await em.find(Ticket, {}, { orderBy: { id: 'desc' }, limit: pageSize({ last }).size });
    const { table, errors } = await tableOf(context, rows);
    const inForce = await deps.library.decisionTable();
    const facts = table.rows.length === 0 ? [] : await factsOfTickets(em, deps.library, tickets);
    const changes = facts.flatMap((said, index) => {
      const [before, after] = [decideCriticality(inForce, said), decideCriticality(table, said)];
      if (before.rule === after.rule && before.value === after.value) return [];
      return [{ ticket: tickets[index] as never, before: drawCriticality(before, language), after: drawCriticality(after, language) }];
    });
    return { looked: tickets.length, changes, errors };
  }
}

/** What is left out of an input is not said otherwise; null is: nobody said. */
const saidIn = (facts: CriticalityFacts | null): Partial<CriticalityFacts> =>
  Object.fromEntries(Object.entries(facts ?? {}).filter(([, value]) => value !== undefined));

/** The rows that were given, with what is wrong with them; else the table in force. */
async function tableOf(
  { em, deps, language }: TicketsContext,
  given: DecisionRowInput[] | null,
): Promise<{ table: CriticalityTable; errors: UserError[] }> {
  if (!given) return { table: await deps.library.decisionTable(), errors: [] };
  const rows = given.map(rowOf);
  return { table: { edition: null, rows }, errors: toUserErrors(await faultsOf(em, rows), language, { ...houseMessages, ...messages }) };
}
