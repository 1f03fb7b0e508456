import { Guard, signedIn } from '@atende/service';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { IdentityContext } from '../identity-context.ts';
import { Person } from './person.ts';
import { updateProfile } from './profile.deeds.ts';
import { ProfilePayload, UpdateProfileInput } from './profile.graphql.ts';

@Resolver()
export class ProfileResolver {
  @Mutation(() => ProfilePayload, { description: 'Changes one’s own name, phone, language and time zone; the login stays.' })
  @Guard(signedIn)
  async updateProfile(
    @Arg('input', () => UpdateProfileInput, { description: 'What.' }) input: UpdateProfileInput,
    @Ctx() ctx: IdentityContext,
  ): Promise<ProfilePayload> {
    await updateProfile(ctx, input);
    return { person: await ctx.em.findOneOrFail(Person, { id: ctx.viewer.personId ?? '' }, { refresh: true }), errors: [] };
  }
}
