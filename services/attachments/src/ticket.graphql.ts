import { Guard, policy, seesTicket, type TicketFacts } from '@atende/service';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** A ticket of which only the files are known here, under the rule that holds for the ticket itself. */
@ObjectType('Ticket')
@Directive('@key(fields: "id")')
@Guard(policy('seesTicket', (viewer, { access }: { access: TicketFacts }) => seesTicket(viewer, access)))
export class TicketFace {
  @Field(() => ID, { description: 'Opaque; its prefix tells the type.' })
  id: string;
}
