import { Guard } from '@atende/service';
import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { IdentityContext } from '../identity-context.ts';
import { HelpContactFace, shownBeforeSignIn } from './help-contact.graphql.ts';
import { helpContacts } from './help-contact.queries.ts';
import type { HelpContact } from './help-contact.ts';

@Resolver(() => HelpContactFace)
export class HelpContactResolver {
  @Query(() => [HelpContactFace], { description: 'Whom to call about the portal itself: its use, access and registration.' })
  @Guard(shownBeforeSignIn)
  helpContacts(@Ctx() { em }: IdentityContext): Promise<HelpContact[]> {
    return helpContacts(em);
  }

  @FieldResolver(() => String, { description: 'What it helps with, in words.' })
  description(@Root() contact: HelpContact, @Ctx() { language }: IdentityContext): string {
    return contact.descriptions[language];
  }

  @FieldResolver(() => String, { description: 'When somebody answers.' })
  hours(@Root() contact: HelpContact, @Ctx() { language }: IdentityContext): string {
    return contact.hours[language];
  }
}
