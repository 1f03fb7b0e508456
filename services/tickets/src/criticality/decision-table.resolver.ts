import { connection, DateTime, decodePageCursor, foreignCursor, Guard, pageOf, pageSize } from '@atende/service';
import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Analyst, reference } from '../people.graphql.ts';
import { bySupervisor } from '../ticket/ticket.policy.ts';
import type { TicketsContext } from '../tickets-context.ts';
import type { CriticalityRow } from './criticality.ts';
import { rowOf } from './decision-row.view.ts';
import { saveDecisionTable } from './decision-table.deeds.ts';
import {
  DecisionRowFace,
  DecisionTableConnection,
  DecisionTableFace,
  DecisionTablePayload,
  SaveDecisionTableInput,
} from './decision-table.graphql.ts';
import { DecisionTable, newestEdition } from './decision-table.ts';

@Resolver(() => DecisionTableFace)
export class DecisionTableResolver {
  @Query(() => DecisionTableFace, { nullable: true, description: 'The decision table of criticality; null when there is no such edition.' })
  @Guard(bySupervisor)
  decisionTable(
    @Arg('edition', () => Int, { nullable: true, description: 'The one that decides when absent.' }) edition: number | null,
    @Ctx() { em }: TicketsContext,
  ): Promise<DecisionTable | null> {
    return typeof edition === 'number' ? em.findOne(DecisionTable, { edition }) : newestEdition(em);
  }

  @Query(() => DecisionTableConnection, { description: 'Every edition of the decision table there was, the newest first.' })
  @Guard(bySupervisor)
  async decisionTables(
    @Arg('first', () => Int, { nullable: true, description: 'How many, 1 to 100.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'After this cursor.' }) after: string | null,
    @Ctx() { em }: TicketsContext,
  ): Promise<DecisionTableConnection> {
    const page = { first, after };
    const read = await em.find(DecisionTable, after ? { edition: { $lt: editionIn(after) } } : {}, {
      orderBy: { edition: 'desc' },
      limit: pageSize(page).size + 1,
    });
    return connection(pageOf(read, page, ({ edition }) => [edition])) as never;
  }

  @Mutation(() => DecisionTablePayload, {
    description:
      'Adds an edition of the decision table: it decides on what is opened or classified from now on; tickets keep what decided on them.',
  })
  @Guard(bySupervisor)
  async saveDecisionTable(
    @Arg('input', () => SaveDecisionTableInput, { description: 'The table.' }) { rows, expectedEdition }: SaveDecisionTableInput,
    @Ctx() context: TicketsContext,
  ): Promise<DecisionTablePayload> {
    return { decisionTable: (await saveDecisionTable(context, { rows: rows.map(rowOf), expectedEdition })) as never, errors: [] };
  }

  @FieldResolver(() => DateTime, { description: 'When it was saved.' })
  savedAt(@Root() { at }: DecisionTable): Date {
    return at;
  }

  @FieldResolver(() => Analyst, { nullable: true, description: 'Who saved it; null: it came with the installation.' })
  savedBy(@Root() { savedById }: DecisionTable): Analyst | null {
    return reference(savedById);
  }
}

function editionIn(cursor: string): number {
  const [edition] = decodePageCursor(cursor, 1);
  if (!Number.isSafeInteger(edition)) throw foreignCursor();
  return edition as number;
}

@Resolver(() => DecisionRowFace)
export class DecisionRowResolver {
  @FieldResolver(() => String, { description: 'Its name, which tickets keep.' })
  rule(@Root() { id }: CriticalityRow): string {
    return id;
  }
}
