import { enumOf, Guard, NodeFace, PageInfoFace, supervisorOnly, UserErrorFace, withItsParent } from '@atende/service';
import { Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { seesContact, seesContactRights } from './contact.policy.ts';
import { type Contact, type Scope, scopes } from './contact.ts';

export const ScopeEnum = enumOf(scopes, 'ContactScope', 'Whose tickets a contact sees.', {
  OWN: 'Its own.',
  ORGANIZATION: 'All of the organization.',
});

@ObjectType('Contact', { implements: NodeFace, description: 'A person at one organization; rights are per contact.' })
@Directive('@key(fields: "id")')
@Directive('@node(prefix: "con")')
@Guard(seesContact)
export class ContactFace extends NodeFace implements Pick<Contact, 'id' | 'version' | 'name' | 'active' | 'administrator'> {
  @Field(() => Int, { description: 'Grows with every change; updates take it as expectedVersion.' })
  version: number;
  @Field(() => String, { description: 'Name.' })
  name: string;
  @Field(() => Boolean, { description: 'May act for the organization now.' })
  active: boolean;
  @Field(() => Boolean, { description: 'Portal administrator: manages the contacts of the organization.' })
  administrator: boolean;
  @Field(() => ID, { nullable: true, description: 'The human being, for supervisors: what is held on it, and its anonymisation.' })
  @Guard(supervisorOnly)
  personId: string | null;
  @Field(() => ScopeEnum, { nullable: true, description: 'Whose tickets it sees.' })
  @Directive('@personal')
  @Guard(seesContactRights)
  scope: Scope | null;
  @Field(() => Boolean, { nullable: true, description: 'May open tickets.' })
  @Directive('@personal')
  @Guard(seesContactRights)
  mayOpen: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'May ask for and agree to changes of priority.' })
  @Directive('@personal')
  @Guard(seesContactRights)
  serviceManager: boolean | null;
}

@ObjectType('ContactEdge', { description: 'A contact in a list.' })
@Guard(withItsParent)
export class ContactEdge {
  @Field(() => ContactFace, { description: 'The contact.' })
  node: Contact;
  @Field(() => String, { description: 'Where it stands.' })
  cursor: string;
}

@ObjectType('ContactConnection', { description: 'A page of contacts, by name.' })
@Guard(withItsParent)
export class ContactConnection {
  @Field(() => [ContactEdge], { description: 'The page.' })
  edges: ContactEdge[];
  @Field(() => PageInfoFace, { description: 'Where the page stands.' })
  pageInfo: PageInfoFace;
}

@ObjectType('ContactPayload', { description: 'The contact after a change, or why there was none.' })
@Guard(withItsParent)
export class ContactPayload {
  @Field(() => ContactFace, { nullable: true, description: 'The contact as it is now.' })
  contact: Contact | null;
  @Field(() => [UserErrorFace], { description: 'Everything that must be mended.' })
  errors: UserErrorFace[];
}

@InputType('ContactFilter', { description: 'Narrows a list of contacts; what is absent matches all.' })
export class ContactFilter {
  @Field(() => ID, { nullable: true, description: 'Of this organization.' })
  organizationId?: string | null;
  @Field(() => String, { nullable: true, description: 'Words of the name, or a part of an e-mail address that the viewer may read.' })
  text?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Active ones, or former ones.' })
  active?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'Portal administrators, or the others.' })
  administrator?: boolean | null;
}

@InputType('InviteContactInput', { description: 'A new contact of an organization; the person gets an e-mail with a one-time activation.' })
export class InviteContactInput {
  @Field(() => String, { description: 'The caller’s own key of this call: the same key and input give the same contact.' })
  clientKey: string;
  @Field(() => ID, { nullable: true, description: 'The organization; may be absent for who administers only one.' })
  organizationId?: string | null;
  @Field(() => String, { description: 'E-mail address; it is the login.' })
  email: string;
  @Field(() => String, { description: 'Name.' })
  name: string;
  @Field(() => String, { nullable: true, description: 'Phone number.' })
  phone?: string | null;
  @Field(() => String, { nullable: true, description: 'Language of a person new to the portal: pt-BR, en or es.' })
  language?: string | null;
  @Field(() => String, { nullable: true, description: 'Time zone of a person new to the portal, e.g. America/Sao_Paulo.' })
  timeZone?: string | null;
  @Field(() => ScopeEnum, { nullable: true, description: 'Whose tickets it sees; OWN when absent.' })
  scope?: Scope | null;
  @Field(() => Boolean, { nullable: true, description: 'May open tickets; yes when absent.' })
  mayOpen?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'Portal administrator; no when absent.' })
  administrator?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'Service manager; no when absent.' })
  serviceManager?: boolean | null;
}

@InputType('UpdateContactInput', { description: 'Changes of a contact; what is absent stays as it is.' })
export class UpdateContactInput {
  @Field(() => ID, { description: 'The contact.' })
  contactId: string;
  @Field(() => Int, { nullable: true, description: 'The version the change is based on: another one is a CONFLICT.' })
  expectedVersion?: number | null;
  @Field(() => String, { nullable: true, description: 'Name.' })
  name?: string | null;
  @Field(() => String, { nullable: true, description: 'Phone number; null takes it away.' })
  phone?: string | null;
  @Field(() => ScopeEnum, { nullable: true, description: 'Whose tickets it sees.' })
  scope?: Scope | null;
  @Field(() => Boolean, { nullable: true, description: 'May open tickets.' })
  mayOpen?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'Portal administrator.' })
  administrator?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'Service manager.' })
  serviceManager?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'Active again, or no longer.' })
  active?: boolean | null;
}

@InputType('DeactivateContactInput', { description: 'A contact that may no longer act for the organization.' })
export class DeactivateContactInput {
  @Field(() => ID, { description: 'The contact.' })
  contactId: string;
  @Field(() => Int, { nullable: true, description: 'The version the change is based on: another one is a CONFLICT.' })
  expectedVersion?: number | null;
}
