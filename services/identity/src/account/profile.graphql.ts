import { Guard, UserErrorFace, withItsParent } from '@atende/service';
import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { PersonFace } from './person.graphql.ts';
import type { Person } from './person.ts';

@InputType('UpdateProfileInput', { description: 'Changes of oneself; what is absent stays as it is.' })
export class UpdateProfileInput {
  @Field(() => Int, { nullable: true, description: 'The version the change is based on: another one is a CONFLICT.' })
  expectedVersion?: number | null;
  @Field(() => String, { nullable: true, description: 'Name. Organizations know their contacts by names of their own.' })
  name?: string | null;
  @Field(() => String, { nullable: true, description: 'Phone number; null takes it away.' })
  phone?: string | null;
  @Field(() => String, { nullable: true, description: 'Language of mails and answers: pt-BR, en or es.' })
  language?: string | null;
  @Field(() => String, { nullable: true, description: 'Time zone, e.g. America/Sao_Paulo.' })
  timeZone?: string | null;
}

@ObjectType('ProfilePayload', { description: 'The person after a change, or why there was none.' })
@Guard(withItsParent)
export class ProfilePayload {
  @Field(() => PersonFace, { nullable: true, description: 'Oneself.' })
  person: Person | null;
  @Field(() => [UserErrorFace], { description: 'Everything that must be mended.' })
  errors: UserErrorFace[];
}
