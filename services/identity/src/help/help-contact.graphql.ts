import { enumOf, Guard, publicPolicy, TextsInput, UserErrorFace, withItsParent } from '@atende/service';
import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { type HelpContact, type HelpPurpose, helpPurposes } from './help-contact.ts';

export const shownBeforeSignIn = publicPolicy('whoever cannot sign in needs it most');

export const HelpPurposeEnum = enumOf(helpPurposes, 'HelpPurpose', 'What a help contact helps with.');

@ObjectType('HelpContact', { description: 'Whom to call about the portal itself.' })
@Guard(shownBeforeSignIn)
export class HelpContactFace implements Pick<HelpContact, 'version' | 'phone' | 'option' | 'purpose'> {
  @Field(() => Int, { description: 'Of the list as a whole; saveHelpContacts takes it as expectedVersion.' })
  version: number;
  @Field(() => String, { description: 'Phone number.' })
  phone: string;
  @Field(() => String, { nullable: true, description: 'What to press after the call is taken.' })
  option: string | null;
  @Field(() => HelpPurposeEnum, { description: 'What it helps with.' })
  purpose: HelpPurpose;
}

@InputType('HelpContactInput', { description: 'Whom to call about the portal itself.' })
export class HelpContactInput {
  @Field(() => String, { description: 'Phone number.' })
  phone: string;
  @Field(() => String, { nullable: true, description: 'What to press after the call is taken.' })
  option?: string | null;
  @Field(() => HelpPurposeEnum, { description: 'What it helps with.' })
  purpose: HelpPurpose;
  @Field(() => TextsInput, { description: 'What it helps with, in words.' })
  description: TextsInput;
  @Field(() => TextsInput, { description: 'When somebody answers.' })
  hours: TextsInput;
}

@InputType('SaveHelpContactsInput', { description: 'The whole list, in its order.' })
export class SaveHelpContactsInput {
  @Field(() => [HelpContactInput], { description: 'One to twenty.' })
  contacts: HelpContactInput[];
  @Field(() => Int, { nullable: true, description: 'The version the change is based on: another one is a CONFLICT.' })
  expectedVersion?: number | null;
}

@ObjectType('HelpContactsPayload', { description: 'The list after a change, or why there was none.' })
@Guard(withItsParent)
export class HelpContactsPayload {
  @Field(() => [HelpContactFace], { nullable: true, description: 'The list as it is now.' })
  helpContacts: HelpContact[] | null;
  @Field(() => [UserErrorFace], { description: 'Everything that must be mended.' })
  errors: UserErrorFace[];
}
