import { DateTime, Guard, UserErrorFace, withItsParent } from '@atende/service';
import { Field, InputType, Int, ObjectType } from 'type-graphql';

@ObjectType('SecondFactor', { description: 'One-time codes of an authenticator app, wanted beside the password.' })
@Guard(withItsParent)
export class SecondFactorFace {
  @Field(() => DateTime, { description: 'Since when it is wanted.' })
  confirmedAt: Date;
  @Field(() => Int, { description: 'How many recovery codes are left.' })
  recoveryCodesLeft: number;
}

@InputType('BeginTotpInput', { description: 'Who sets up an authenticator app says their password again.' })
export class BeginTotpInput {
  @Field(() => String, { description: 'The password of now.' })
  password: string;
}

@ObjectType('BeginTotpPayload', { description: 'What an authenticator app needs, or why there is nothing.' })
@Guard(withItsParent)
export class BeginTotpPayload {
  @Field(() => String, { nullable: true, description: 'The secret in base 32, for typing it.' })
  secret: string | null;
  @Field(() => String, { nullable: true, description: 'The same as an otpauth:// address, for a QR code.' })
  uri: string | null;
  @Field(() => [UserErrorFace], { description: 'Everything that must be mended.' })
  errors: UserErrorFace[];
}

@InputType('TotpCodeInput', { description: 'A code that an authenticator app shows now.' })
export class TotpCodeInput {
  @Field(() => String, { description: 'Six digits.' })
  code: string;
}

@ObjectType('RecoveryCodesPayload', { description: 'Codes for who lost what shows the others.' })
@Guard(withItsParent)
export class RecoveryCodesPayload {
  @Field(() => [String], { nullable: true, description: 'Each is good once, instead of a code of the app. In this one answer only.' })
  recoveryCodes: string[] | null;
  @Field(() => [UserErrorFace], { description: 'Everything that must be mended.' })
  errors: UserErrorFace[];
}

@InputType('TurnOffTotpInput', { description: 'A code of the app; or a recovery code and the password.' })
export class TurnOffTotpInput {
  @Field(() => String, { description: 'A code of the app, or a recovery code.' })
  otp: string;
  @Field(() => String, { nullable: true, description: 'The password, beside a recovery code.' })
  password?: string | null;
}

@ObjectType('TurnOffTotpPayload', { description: 'Nothing, when it went well.' })
@Guard(withItsParent)
export class TurnOffTotpPayload {
  @Field(() => [UserErrorFace], { description: 'Everything that must be mended.' })
  errors: UserErrorFace[];
}
