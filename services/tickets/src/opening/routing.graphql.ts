import { Guard, withItsParent } from '@atende/service';
import { Field, ObjectType } from 'type-graphql';
import { Group } from '../people.graphql.ts';

@ObjectType('RoutingTrace', { description: 'How routing chose the group of a ticket.' })
@Guard(withItsParent)
export class RoutingTraceFace {
  @Field(() => [String], { description: 'Ids of the rules that were looked at.' })
  tried: string[];
  @Field(() => String, { description: 'Id of the rule that fitted best.' })
  winner: string;
  @Field(() => Group, { nullable: true, description: 'Where it led.' })
  group: Group | null;
  @Field(() => Boolean, { description: 'No rule of its own took it, or that rule’s group takes nothing any more.' })
  fallback: boolean;
}
