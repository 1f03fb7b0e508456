import { Guard, supervisorOnly } from '@atende/service';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { IdentityContext } from '../identity-context.ts';
import { createOrganization, updateOrganization } from './organization.deeds.ts';
import { Organization } from './organization.ts';
import { CreateOrganizationInput, OrganizationPayload, UpdateOrganizationInput } from './organization-input.graphql.ts';

@Resolver()
export class OrganizationMutationResolver {
  @Mutation(() => OrganizationPayload, { description: 'Registers a client and invites its first administrator; for supervisors.' })
  @Guard(supervisorOnly)
  async createOrganization(
    @Arg('input', () => CreateOrganizationInput, { description: 'The client.' }) input: CreateOrganizationInput,
    @Ctx() ctx: IdentityContext,
  ): Promise<OrganizationPayload> {
    const id = await createOrganization(ctx, input);
    return { organization: await ctx.em.findOneOrFail(Organization, { id }), errors: [] };
  }

  @Mutation(() => OrganizationPayload, { description: 'Changes a client; for supervisors. Its code stays.' })
  @Guard(supervisorOnly)
  async updateOrganization(
    @Arg('input', () => UpdateOrganizationInput, { description: 'What.' }) input: UpdateOrganizationInput,
    @Ctx() ctx: IdentityContext,
  ): Promise<OrganizationPayload> {
    const id = await updateOrganization(ctx, input);
    return { organization: await ctx.em.findOneOrFail(Organization, { id }, { refresh: true }), errors: [] };
  }
}
