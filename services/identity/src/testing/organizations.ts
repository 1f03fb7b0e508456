import type { Answer } from '@atende/service/testing';
import type { TestIdentity } from './identity.ts';

const FIELDS = `organization { id version code legalName country plan bso contracts entitlements active
  accountExecutive { name email phone } environments { kind name address } administrators { name email scope } } errors { code field message }`;
export const CREATE = `mutation ($input: CreateOrganizationInput!) { createOrganization(input: $input) { ${FIELDS} } }`;
export const UPDATE_ORGANIZATION = `mutation ($input: UpdateOrganizationInput!) { updateOrganization(input: $input) { ${FIELDS} } }`;

let keys = 0;
export const buildClient = (changes: Record<string, unknown> = {}) => ({
  clientKey: `organization-${++keys}`,
  code: `NEW${keys}`,
  legalName: 'Initech Ltda.',
  country: 'BR',
  plan: 'STANDARD',
  administrator: { email: `ivo${keys}@initech.example`, name: 'Ivo Prado' },
  ...changes,
});

/** What supervisors do with clients. */
export const organizationsOf = (identity: () => TestIdentity) => ({
  create: (as: string, changes: Record<string, unknown> = {}): Promise<Answer> =>
    identity().as(as, CREATE, { input: buildClient(changes) }),
  update: (as: string, input: Record<string, unknown>): Promise<Answer> => identity().as(as, UPDATE_ORGANIZATION, { input }),
});
