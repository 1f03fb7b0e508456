import { Guard } from '@atende/service';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { seesPerson } from './person.policy.ts';
import type { Person } from './person.ts';

@ObjectType('Person', { description: 'A human being who signs in.' })
@Guard(seesPerson)
export class PersonFace implements Pick<Person, 'id' | 'version' | 'email' | 'name' | 'phone' | 'language' | 'timeZone'> {
  @Field(() => ID, { description: 'Opaque.' })
  id: string;
  @Field(() => Int, { description: 'Grows with every change; updateProfile takes it as expectedVersion.' })
  version: number;
  @Field(() => String, { description: 'E-mail address; it is the login.' })
  email: string;
  @Field(() => String, { description: 'Name.' })
  name: string;
  @Field(() => String, { nullable: true, description: 'Phone number, as the person gave it.' })
  phone: string | null;
  @Field(() => String, { description: 'Language: pt-BR, en or es.' })
  language: Person['language'];
  @Field(() => String, { description: 'Time zone, e.g. America/Sao_Paulo.' })
  timeZone: string;
}
