import { enumOf, Guard, withItsParent } from '@atende/service';
import { Field, ObjectType } from 'type-graphql';
import { TicketFace } from './ticket.graphql.ts';

export const linkTypes = ['CONTINUES', 'CONTINUED_BY'] as const;
export type TicketLinkType = (typeof linkTypes)[number];
export const TicketLinkTypeEnum = enumOf(linkTypes, 'TicketLinkType', 'How two tickets belong together.');

@ObjectType('TicketLink', { description: 'Another ticket that belongs to this one.' })
@Guard(withItsParent)
export class TicketLinkFace {
  @Field(() => TicketLinkTypeEnum, { description: 'What this ticket does to the other.' })
  type: TicketLinkType;
  @Field(() => TicketFace, { description: 'The other.' })
  ticket: TicketFace;
}
