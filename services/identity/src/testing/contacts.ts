import type { Answer } from '@atende/service/testing';
import type { TestIdentity } from './identity.ts';

const FIELDS =
  'contact { id version name email phone scope mayOpen administrator serviceManager active organization { code } } errors { code field message }';
export const INVITE = `mutation ($input: InviteContactInput!) { inviteContact(input: $input) { ${FIELDS} } }`;
export const UPDATE = `mutation ($input: UpdateContactInput!) { updateContact(input: $input) { ${FIELDS} } }`;
export const DEACTIVATE = `mutation ($input: DeactivateContactInput!) { deactivateContact(input: $input) { ${FIELDS} } }`;
export const LIST = `query ($filter: ContactFilter, $first: Int, $after: String) { contacts(filter: $filter, first: $first, after: $after) {
  edges { cursor node { name email phone mayOpen administrator } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

let keys = 0;
export const buildInvitation = (changes: Record<string, unknown> = {}) => ({
  clientKey: `key-${++keys}`,
  email: `new${keys}@acme.example`,
  name: 'Nova Pessoa',
  ...changes,
});

/** What an administrator does with contacts, by the demo's people. */
export const contactsOf = (identity: () => TestIdentity) => ({
  invite: async (as: string, changes: Record<string, unknown> = {}) =>
    (await identity().as(as, INVITE, { input: buildInvitation(changes) })).data.inviteContact,
  update: (as: string, input: Record<string, unknown>): Promise<Answer> => identity().as(as, UPDATE, { input }),
  deactivate: (as: string, contactId: string): Promise<Answer> => identity().as(as, DEACTIVATE, { input: { contactId } }),
  names: async (as: string, variables: Record<string, unknown>): Promise<string[]> =>
    (await identity().as(as, LIST, { first: 100, ...variables })).data.contacts.edges.map(
      (edge: { node: { name: string } }) => edge.node.name,
    ),
});
