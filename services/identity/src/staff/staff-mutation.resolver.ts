import { Guard, staffOnly, supervisorOnly } from '@atende/service';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { IdentityContext } from '../identity-context.ts';
import { saveAnalyst, setAvailability } from './analyst.deeds.ts';
import { Analyst } from './analyst.ts';
import { saveGroup } from './group.deeds.ts';
import { Group } from './group.ts';
import { AnalystPayload, GroupPayload, SaveAnalystInput, SaveGroupInput, SetAvailabilityInput } from './staff-input.graphql.ts';

@Resolver()
export class StaffMutationResolver {
  @Mutation(() => GroupPayload, {
    description: 'Founds or changes a support group; for supervisors. The ombudsman group is changed by its members only.',
  })
  @Guard(staffOnly)
  async saveGroup(
    @Arg('input', () => SaveGroupInput, { description: 'The group.' }) input: SaveGroupInput,
    @Ctx() ctx: IdentityContext,
  ): Promise<GroupPayload> {
    const id = await saveGroup(ctx, input);
    return { group: await ctx.em.findOneOrFail(Group, { id }, { refresh: true }), errors: [] };
  }

  @Mutation(() => AnalystPayload, { description: 'Takes an analyst on or changes one; for supervisors. Never the last supervisor away.' })
  @Guard(supervisorOnly)
  async saveAnalyst(
    @Arg('input', () => SaveAnalystInput, { description: 'The analyst.' }) input: SaveAnalystInput,
    @Ctx() ctx: IdentityContext,
  ): Promise<AnalystPayload> {
    const id = await saveAnalyst(ctx, input);
    return { analyst: await ctx.em.findOneOrFail(Analyst, { id }, { refresh: true }), errors: [] };
  }

  @Mutation(() => AnalystPayload, {
    description: 'Says whether one takes new tickets; a supervisor says it for anyone. Tickets already taken stay.',
  })
  @Guard(staffOnly)
  async setAvailability(
    @Arg('input', () => SetAvailabilityInput, { description: 'Whose, and which.' }) input: SetAvailabilityInput,
    @Ctx() ctx: IdentityContext,
  ): Promise<AnalystPayload> {
    const id = await setAvailability(ctx, input);
    return { analyst: await ctx.em.findOneOrFail(Analyst, { id }, { refresh: true }), errors: [] };
  }
}
