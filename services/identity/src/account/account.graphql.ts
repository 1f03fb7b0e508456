import { DateTime, Guard, UserErrorFace, withItsParent } from '@atende/service';
import { Directive, Field, ID, InputType, ObjectType } from 'type-graphql';
import type { Mail } from './mail.ts';

@InputType('ChangePasswordInput', { description: 'The password of now and the next one.' })
export class ChangePasswordInput {
  @Field(() => String, { description: 'The password of now.' })
  currentPassword: string;
  @Field(() => String, { description: 'The next one: 12 characters or more, not a common one.' })
  newPassword: string;
}

@InputType('RequestPasswordResetInput', { description: 'Whose password was forgotten.' })
export class RequestPasswordResetInput {
  @Field(() => String, { description: 'E-mail address.' })
  email: string;
}

@InputType('RedeemTokenInput', { description: 'A one-time token out of a mail, and the password chosen.' })
export class RedeemTokenInput {
  @Field(() => String, { description: 'The token of the link.' })
  token: string;
  @Field(() => String, { description: 'The password: 12 characters or more, not a common one.' })
  newPassword: string;
}

@ObjectType('AccountPayload', { description: 'Nothing, when it went well.' })
@Guard(withItsParent)
export class AccountPayload {
  @Field(() => [UserErrorFace], { description: 'Everything that must be mended.' })
  errors: UserErrorFace[];
}

@ObjectType('Mail', { description: 'A mail in the local mailbox, for the gateway’s mailbox page in development.' })
@Directive('@inaccessible')
@Guard(withItsParent)
export class MailFace implements Pick<Mail, 'id' | 'to' | 'subject' | 'body' | 'createdAt'> {
  @Field(() => ID, { description: 'Opaque.' })
  id: string;
  @Field(() => String, { description: 'Address.' })
  to: string;
  @Field(() => String, { description: 'Subject.' })
  subject: string;
  @Field(() => String, { description: 'Plain text.' })
  body: string;
  @Field(() => DateTime, { description: 'When it was written.' })
  createdAt: Date;
}
