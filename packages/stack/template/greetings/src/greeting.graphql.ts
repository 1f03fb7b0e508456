import { Guard, publicPolicy } from '@atende/service';
import { Field, ID, ObjectType } from 'type-graphql';
import type { Greeting } from './greeting.ts';

export const readByAll = publicPolicy('it is said at the door, before anybody signs in');

@ObjectType('Greeting', { description: 'Something that is said at the door.' })
@Guard(readByAll)
export class GreetingFace implements Pick<Greeting, 'id' | 'text'> {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => String, { description: 'What is said.' })
  text: string;
}
