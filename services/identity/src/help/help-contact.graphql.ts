import { enumOf, Guard, publicPolicy } from '@atende/service';
import { Field, ObjectType } from 'type-graphql';
import { type HelpContact, type HelpPurpose, helpPurposes } from './help-contact.ts';

export const shownBeforeSignIn = publicPolicy('whoever cannot sign in needs it most');

export const HelpPurposeEnum = enumOf(helpPurposes, 'HelpPurpose', 'What a help contact helps with.');

@ObjectType('HelpContact', { description: 'Whom to call about the portal itself.' })
@Guard(shownBeforeSignIn)
export class HelpContactFace implements Pick<HelpContact, 'phone' | 'option' | 'purpose'> {
  @Field(() => String, { description: 'Phone number.' })
  phone: string;
  @Field(() => String, { nullable: true, description: 'What to press after the call is taken.' })
  option: string | null;
  @Field(() => HelpPurposeEnum, { description: 'What it helps with.' })
  purpose: HelpPurpose;
}
