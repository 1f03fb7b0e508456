import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { FieldOptionFace, RequestFormFace } from '../form/form.graphql.ts';
import type { TicketsContext } from '../tickets-context.ts';
import { TicketFace } from './ticket.graphql.ts';
import type { Ticket } from './ticket.ts';
import { keptForm, keptOption } from './ticket-form.view.ts';

@Resolver(() => TicketFace)
export class TicketFormResolver {
  @FieldResolver(() => RequestFormFace, {
    nullable: true,
    description: 'The version of the form it was opened with; it is drawn with it for ever.',
  })
  form(@Root() ticket: Ticket, @Ctx() context: TicketsContext): Promise<RequestFormFace | null> {
    return keptForm(context, ticket);
  }

  @FieldResolver(() => Int, { nullable: true, description: 'Number of that version.' })
  async formVersion(@Root() { formId }: Ticket, @Ctx() { deps }: TicketsContext): Promise<number | null> {
    return (await deps.library.version(formId))?.version ?? null;
  }

  @FieldResolver(() => FieldOptionFace, { nullable: true, description: 'The product it is about, as the catalogue calls it today.' })
  product(@Root() { productId }: Ticket, @Ctx() context: TicketsContext): Promise<FieldOptionFace | null> {
    return keptOption(context, productId);
  }

  @FieldResolver(() => FieldOptionFace, { nullable: true, description: 'The module it is about.' })
  module(@Root() { moduleId }: Ticket, @Ctx() context: TicketsContext): Promise<FieldOptionFace | null> {
    return keptOption(context, moduleId);
  }

  @FieldResolver(() => FieldOptionFace, { nullable: true, description: 'The environment of the product where it happened.' })
  environment(@Root() { environmentId }: Ticket, @Ctx() context: TicketsContext): Promise<FieldOptionFace | null> {
    return keptOption(context, environmentId);
  }
}
