import { Guard } from '@atende/service';
import { Field, ID, ObjectType } from 'type-graphql';
import { seesPerson } from './person.policy.ts';
import type { Person } from './person.ts';

@ObjectType('Person', { description: 'A human being who signs in.' })
@Guard(seesPerson)
export class PersonFace implements Pick<Person, 'id' | 'email' | 'name' | 'language' | 'timeZone'> {
  @Field(() => ID, { description: 'Opaque.' })
  id: string;
  @Field(() => String, { description: 'E-mail address; it is the login.' })
  email: string;
  @Field(() => String, { description: 'Name.' })
  name: string;
  @Field(() => String, { description: 'Language: pt-BR, en or es.' })
  language: Person['language'];
  @Field(() => String, { description: 'Time zone, e.g. America/Sao_Paulo.' })
  timeZone: string;
}
