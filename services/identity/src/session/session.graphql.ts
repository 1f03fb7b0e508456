import { DateTime, Guard, UserErrorFace, type Viewer, withItsParent } from '@atende/service';
import { Directive, Field, ID, InputType, ObjectType } from 'type-graphql';
import { ViewerFace } from './viewer.graphql.ts';

@InputType('SignInInput', { description: 'Who wants in.' })
export class SignInInput {
  @Field(() => String, { description: 'E-mail address.' })
  email: string;
  @Field(() => String, { description: 'Password.' })
  password: string;
  @Field(() => String, {
    nullable: true,
    description: 'Code of the second factor, or a recovery code, where the person has one: OTP_REQUIRED says so.',
  })
  otp?: string | null;
}

@ObjectType('SignInPayload', { description: 'Two tokens and who they stand for, or why there are none.' })
@Guard(withItsParent)
export class SignInPayload {
  @Field(() => String, { nullable: true, description: 'Proves who asks, for ten minutes: `Authorization: Bearer …`.' })
  accessToken?: string | null;
  @Field(() => String, { nullable: true, description: 'Brings the next two tokens, once. Used twice, it ends the session.' })
  refreshToken?: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When the access token expires.' })
  expiresAt?: Date | null;
  @Field(() => ViewerFace, { nullable: true, description: 'Who signed in, and what they may do.' })
  viewer?: Viewer | null;
  @Field(() => [UserErrorFace], { description: 'Everything that must be mended.' })
  errors: UserErrorFace[];
}

@ObjectType('SignOutPayload', { description: 'Nothing, when it went well.' })
@Guard(withItsParent)
export class SignOutPayload {
  @Field(() => [UserErrorFace], { description: 'Everything that must be mended.' })
  errors: UserErrorFace[];
}

@ObjectType('EndedSessions', { description: 'Sessions that must not be honoured any more, for gateways.' })
@Directive('@inaccessible')
@Guard(withItsParent)
export class EndedSessions {
  @Field(() => String, { description: 'What to ask after next time.' })
  cursor: string;
  @Field(() => [ID], { description: 'The sessions; one may be told twice.' })
  sessionIds: string[];
}
