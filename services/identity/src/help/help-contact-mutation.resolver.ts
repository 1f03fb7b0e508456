import { Guard, supervisorOnly } from '@atende/service';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { IdentityContext } from '../identity-context.ts';
import { saveHelpContacts } from './help-contact.deeds.ts';
import { HelpContactsPayload, SaveHelpContactsInput } from './help-contact.graphql.ts';
import { helpContacts } from './help-contact.queries.ts';

@Resolver()
export class HelpContactMutationResolver {
  @Mutation(() => HelpContactsPayload, { description: 'Sets whom to call about the portal itself; for supervisors.' })
  @Guard(supervisorOnly)
  async saveHelpContacts(
    @Arg('input', () => SaveHelpContactsInput, { description: 'The list.' }) input: SaveHelpContactsInput,
    @Ctx() ctx: IdentityContext,
  ): Promise<HelpContactsPayload> {
    await saveHelpContacts(ctx, input);
    return { helpContacts: await helpContacts(ctx.em), errors: [] };
  }
}
