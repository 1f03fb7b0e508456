import { type Connection, Guard, SearchResultFace, signedIn } from '@atende/service';
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { ContactConnection } from './contact/contact.graphql.ts';
import { contactPage } from './contact/contact.queries.ts';
import type { Contact } from './contact/contact.ts';
import type { IdentityContext } from './identity-context.ts';
import { OrganizationConnection } from './organization/organization.graphql.ts';
import { organizationPage } from './organization/organization.queries.ts';
import type { Organization } from './organization/organization.ts';

const FIRST = { nullable: true, description: 'How many, 1 to 100. Required.' };
const AFTER = { nullable: true, description: 'Those after this cursor.' };

/** The sections of `search` that are identity's: the lists of people and organizations, narrowed by the text. */
@Resolver(() => SearchResultFace)
export class SearchResolver {
  @FieldResolver(() => ContactConnection, { nullable: true, description: 'Contacts the viewer may see, by name or e-mail.' })
  @Guard(signedIn)
  contacts(
    @Root() { text }: SearchResultFace,
    @Arg('first', () => Int, FIRST) first: number | null,
    @Arg('after', () => String, AFTER) after: string | null,
    @Ctx() { em }: IdentityContext,
  ): Promise<Connection<Contact>> {
    return contactPage(em, { text }, { first, after });
  }

  @FieldResolver(() => OrganizationConnection, { nullable: true, description: 'Organizations the viewer may see, by name or client code.' })
  @Guard(signedIn)
  organizations(
    @Root() { text }: SearchResultFace,
    @Arg('first', () => Int, FIRST) first: number | null,
    @Arg('after', () => String, AFTER) after: string | null,
    @Ctx() { em }: IdentityContext,
  ): Promise<Connection<Organization>> {
    return organizationPage(em, { text }, { first, after });
  }
}
