import { Guard, supervisorOnly } from '@atende/service';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { ProfilePayload } from '../account/profile.graphql.ts';
import type { IdentityContext } from '../identity-context.ts';
import { anonymise } from './anonymisation.deeds.ts';
import { AnonymisePersonInput } from './anonymisation.graphql.ts';

@Resolver()
export class AnonymisationResolver {
  @Mutation(() => ProfilePayload, {
    description:
      'Wipes who a person is, for ever: name, e-mail, phone, mails, ways to sign in. Their ids and tickets stay. Never the last administrator or supervisor.',
  })
  @Guard(supervisorOnly)
  async anonymisePerson(
    @Arg('input', () => AnonymisePersonInput, { description: 'Who, and why.' }) input: AnonymisePersonInput,
    @Ctx() ctx: IdentityContext,
  ): Promise<ProfilePayload> {
    return { person: await anonymise(ctx, input), errors: [] };
  }
}
