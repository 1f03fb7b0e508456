import { type Connection, Guard, isId, signedIn } from '@atende/service';
import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { ContactFace } from '../contact/contact.graphql.ts';
import { Contact } from '../contact/contact.ts';
import type { IdentityContext } from '../identity-context.ts';
import { OrganizationConnection, OrganizationFace, OrganizationFilter } from './organization.graphql.ts';
import { organizationPage } from './organization.queries.ts';
import { Organization } from './organization.ts';

@Resolver(() => OrganizationFace)
export class OrganizationResolver {
  @Query(() => OrganizationFace, { nullable: true, description: 'An organization; null when it does not exist or may not be seen.' })
  @Guard(signedIn)
  async organization(
    @Arg('id', () => ID, { nullable: true, description: 'Which one; the viewer’s own when absent.' }) id: string | null,
    @Ctx() { load, viewer }: IdentityContext,
  ): Promise<Organization | null> {
    const asked = id ?? viewer.contacts[0]?.organizationId;
    return isId('org', asked) ? load<Organization>('Organization', asked) : null;
  }

  @Query(() => OrganizationConnection, { description: 'The organizations the viewer may see, by name: a contact its own, staff all.' })
  @Guard(signedIn)
  organizations(
    @Arg('filter', () => OrganizationFilter, { nullable: true, description: 'Which ones.' }) filter: OrganizationFilter | null,
    @Arg('first', () => Int, { nullable: true, description: 'How many, 1 to 100. Required.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'Those after this cursor.' }) after: string | null,
    @Ctx() { em }: IdentityContext,
  ): Promise<Connection<Organization>> {
    return organizationPage(em, filter ?? {}, { first, after });
  }

  @FieldResolver(() => [ContactFace], { description: 'Its active portal administrators, whom its contacts may turn to.' })
  administrators(@Root() organization: Organization, @Ctx() { em }: IdentityContext): Promise<Contact[]> {
    return em.find(
      Contact,
      { organizationId: organization.id, administrator: true, active: true },
      { orderBy: { searchName: 'asc', id: 'asc' } },
    );
  }
}
