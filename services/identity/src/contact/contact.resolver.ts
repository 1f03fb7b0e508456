import { type Connection, conflict, ErrorCode, ForKeys, Guard, isId, notFound, Refused, RequestError, signedIn } from '@atende/service';
import { Arg, Ctx, Directive, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Person } from '../account/person.ts';
import { actIn } from '../act.ts';
import { given } from '../given.ts';
import { causeOf, type IdentityContext } from '../identity-context.ts';
import { OrganizationFace } from '../organization/organization.graphql.ts';
import { administers } from '../organization/organization.policy.ts';
import { Organization } from '../organization/organization.ts';
import { replaceSessions } from '../session/session-end.ts';
import {
  ContactConnection,
  ContactFace,
  ContactFilter,
  ContactPayload,
  DeactivateContactInput,
  InviteContactInput,
  UpdateContactInput,
} from './contact.graphql.ts';
import { seesContactDetails } from './contact.policy.ts';
import { contactPage, otherAdministrators } from './contact.queries.ts';
import { Contact, type ContactChanges } from './contact.ts';
import { contactFaults } from './contact-input.ts';
import { invite } from './invitation.deeds.ts';

@Resolver(() => ContactFace)
export class ContactResolver {
  @Query(() => ContactConnection, {
    description: 'The contacts the viewer may see, by name: a contact those of its organizations, staff all.',
  })
  @Guard(signedIn)
  contacts(
    @Arg('filter', () => ContactFilter, { nullable: true, description: 'Which ones.' }) filter: ContactFilter | null,
    @Arg('first', () => Int, { nullable: true, description: 'How many, 1 to 100. Required.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'Those after this cursor.' }) after: string | null,
    @Ctx() { em }: IdentityContext,
  ): Promise<Connection<Contact>> {
    return contactPage(em, filter ?? {}, { first, after });
  }

  @Mutation(() => ContactPayload, { description: 'Adds a contact to an organization the viewer administers.' })
  @Guard(signedIn)
  @ForKeys('MANAGE_CONTACTS')
  async inviteContact(
    @Arg('input', () => InviteContactInput, { description: 'Who.' }) input: InviteContactInput,
    @Ctx() ctx: IdentityContext,
  ): Promise<ContactPayload> {
    const faults = contactFaults(input);
    if (faults.length > 0) throw new Refused(...faults);
    const id = await invite(ctx, input);
    return { contact: await ctx.em.findOneOrFail(Contact, { id }), errors: [] };
  }

  @Mutation(() => ContactPayload, {
    description: 'Changes a contact of an organization the viewer administers. Never the last administrator away.',
  })
  @Guard(signedIn)
  @ForKeys('MANAGE_CONTACTS')
  async updateContact(
    @Arg('input', () => UpdateContactInput, { description: 'What.' }) input: UpdateContactInput,
    @Ctx() ctx: IdentityContext,
  ): Promise<ContactPayload> {
    const { contactId, expectedVersion, ...typed } = input;
    const faults = contactFaults(typed);
    if (faults.length > 0) throw new Refused(...faults);
    return this.#change(ctx, { contactId, expectedVersion }, said(typed));
  }

  @Mutation(() => ContactPayload, { description: 'Takes a contact’s access away; its tickets stay. Never the last administrator’s.' })
  @Guard(signedIn)
  @ForKeys('MANAGE_CONTACTS')
  deactivateContact(
    @Arg('input', () => DeactivateContactInput, { description: 'Who.' }) input: DeactivateContactInput,
    @Ctx() ctx: IdentityContext,
  ): Promise<ContactPayload> {
    return this.#change(ctx, input, { active: false });
  }

  async #change(
    ctx: IdentityContext,
    { contactId, expectedVersion }: DeactivateContactInput,
    changes: ContactChanges,
  ): Promise<ContactPayload> {
    const contact = await ctx.em.transactional(async (em) => {
      const found = isId('con', contactId) ? await em.findOne(Contact, { id: contactId }) : null;
      if (!found) throw notFound();
      if (!administers(ctx.viewer, found.organizationId))
        throw new RequestError(ErrorCode.FORBIDDEN, 'Only an administrator of the organization may do this.');
      if (typeof expectedVersion === 'number' && expectedVersion !== found.version)
        throw conflict('Someone else changed this contact meanwhile.');
      const act = actIn(em, causeOf(ctx));
      const isOtherNow = found.change(act, changes, await otherAdministrators(em, found));
      if (isOtherNow) await replaceSessions(em, act, found.personId, found.active ? 'RIGHTS_CHANGED' : 'DEACTIVATED');
      return found;
    });
    return { contact, errors: [] };
  }

  @FieldResolver(() => OrganizationFace, { nullable: true, description: 'Its organization.' })
  organization(@Root() contact: Contact, @Ctx() { load }: IdentityContext): Promise<Organization | null> {
    return load<Organization>('Organization', contact.organizationId);
  }

  @FieldResolver(() => String, { nullable: true, description: 'E-mail address, the login; for those who may reach the contact.' })
  @Directive('@personal')
  @Guard(seesContactDetails)
  async email(@Root() contact: Contact, @Ctx() { load }: IdentityContext): Promise<string | null> {
    return (await load<Person>('Person', contact.personId))?.email ?? null;
  }

  @FieldResolver(() => String, { nullable: true, description: 'Phone number; for those who may reach the contact.' })
  @Directive('@personal')
  @Guard(seesContactDetails)
  phone(@Root() contact: Contact): string | null {
    return contact.phone;
  }
}

/** What was said of an update: only the phone may be taken away. */
const said = ({ name, phone, ...typed }: Omit<UpdateContactInput, 'contactId' | 'expectedVersion'>): ContactChanges => ({
  ...given({ ...typed, name: name?.trim() }),
  ...(phone !== undefined && { phone }),
});
