import { Guard, withItsParent } from '@atende/service';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { FieldOptionFace } from './catalogue.graphql.ts';

/**
 * A ticket as the gateway brings it: with what tickets showed this viewer of it. Nothing about it is kept here, so nothing of it can
 * be shown to anybody who did not bring it along.
 */
@ObjectType('Ticket')
@Directive('@key(fields: "id")')
@Guard(withItsParent)
export class TicketFace {
  @Field(() => ID, { description: 'Opaque; its prefix tells the type.' })
  id: string;
  @Field(() => String, { description: 'What it is about, in a line.' })
  @Directive('@external')
  subject: string;
  @Field(() => FieldOptionFace, { nullable: true, description: 'The product it is about.' })
  @Directive('@external')
  product: FieldOptionFace | null;
}
