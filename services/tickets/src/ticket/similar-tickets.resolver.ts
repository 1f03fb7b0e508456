import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { FormEvaluationFace } from '../form/form-evaluation.graphql.ts';
import type { TicketsContext } from '../tickets-context.ts';
import { similarTickets } from './similar-tickets.queries.ts';
import { TicketFace } from './ticket.graphql.ts';
import type { Ticket } from './ticket.ts';

@Resolver(() => FormEvaluationFace)
export class SimilarTicketsResolver {
  @FieldResolver(() => [TicketFace], {
    description:
      'Open tickets of the organization that seem to be about the same, of those that the viewer sees; the likest first, five at most.',
  })
  async similarTickets(@Root() { opening }: FormEvaluationFace, @Ctx() { em }: TicketsContext): Promise<Ticket[]> {
    const { context, evaluation, ticketId } = opening;
    return context.organization ? similarTickets(em, { organizationId: context.organization.id, ticketId }, evaluation.canonical) : [];
  }
}
