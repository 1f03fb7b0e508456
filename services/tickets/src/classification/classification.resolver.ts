import { type EventRow, ForKeys, Guard } from '@atende/service';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { HistoryEntryFace } from '../history/history.graphql.ts';
import { TicketPayload } from '../ticket/ticket.graphql.ts';
import { byStaff } from '../ticket/ticket.policy.ts';
import type { TicketsContext } from '../tickets-context.ts';
import { classifyTicket } from './classification.deeds.ts';
import { ClassifyTicketInput, TicketFormChangeFace } from './classification.graphql.ts';
import { formChange } from './classification.view.ts';

@Resolver(() => HistoryEntryFace)
export class ClassificationResolver {
  @Mutation(() => TicketPayload, {
    description: 'Completes the form of a ticket, or files it under another one; then routing runs. Every fault comes back at once.',
  })
  @Guard(byStaff)
  @ForKeys('WRITE_TICKETS')
  async classifyTicket(
    @Arg('input', () => ClassifyTicketInput, { description: 'What to do.' }) input: ClassifyTicketInput,
    @Ctx() context: TicketsContext,
  ): Promise<TicketPayload> {
    return { ticket: (await classifyTicket(context, input)) as never, errors: [] };
  }

  @FieldResolver(() => TicketFormChangeFace, {
    nullable: true,
    description: 'What the form said before and after; null unless CLASSIFIED.',
  })
  formChange(@Root() event: EventRow, @Ctx() context: TicketsContext): Promise<TicketFormChangeFace | null> {
    return formChange(context, event);
  }
}
