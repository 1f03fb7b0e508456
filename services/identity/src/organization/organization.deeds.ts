import { conflict, ErrorCode, isId, newId, notFound, once, Refused } from '@atende/service';
import { personOf } from '../account/directory.ts';
import { actIn } from '../act.ts';
import { Contact } from '../contact/contact.ts';
import { isLanguage } from '../contact/contact-input.ts';
import { welcome } from '../contact/welcome.ts';
import { given } from '../given.ts';
import { causeOf, type IdentityContext } from '../identity-context.ts';
import { replaceSessions } from '../session/session-end.ts';
import { asLogin } from '../text.ts';
import { type AccountExecutive, Organization, type OrganizationChanges } from './organization.ts';
import type { AccountExecutiveInput, CreateOrganizationInput, UpdateOrganizationInput } from './organization-input.graphql.ts';
import { organizationFaults } from './organization-input.ts';

/** Registers a client and invites its first administrator in one transaction, once per clientKey. */
export function createOrganization(ctx: IdentityContext, input: CreateOrganizationInput): Promise<string> {
  const faults = organizationFaults(input);
  if (faults.length > 0) throw new Refused(...faults);
  const { viewer, deps, now } = ctx;
  const { clientKey, ...said } = input;
  const { code, country, plan, administrator } = input;
  const call = { em: ctx.em, viewer, now, mutation: 'createOrganization', clientKey, input: said, id: newId('org') };
  return once(call, async (em, id) => {
    if ((await em.count(Organization, { code })) > 0) throw new Refused({ code: ErrorCode.CODE_TAKEN, field: ['input', 'code'] });
    const act = actIn(em, causeOf(ctx));
    const organization = Organization.register(act, { ...kept(said), id, code, legalName: input.legalName.trim(), country, plan });
    em.persist(organization);
    const { email, language = '', phone = null } = administrator;
    const name = administrator.name.trim();
    const draft = { email: asLogin(email), name, language: isLanguage(language ?? '') ? (language as 'en') : viewer.language };
    const listed = await personOf(deps.forWorker(), now, draft);
    welcome(em, act, {
      ...listed,
      organization,
      draft: { name, phone, scope: 'ORGANIZATION', administrator: true },
      portalUrl: deps.portalUrl,
    });
  });
}

/** Changes a client. When it is one no more, or again, the sessions of its contacts are made anew. */
export function updateOrganization(ctx: IdentityContext, input: UpdateOrganizationInput): Promise<string> {
  const { organizationId, expectedVersion, ...typed } = input;
  const faults = organizationFaults(typed);
  if (faults.length > 0) throw new Refused(...faults);
  return ctx.em.transactional(async (em) => {
    const organization = isId('org', organizationId) ? await em.findOne(Organization, { id: organizationId }) : null;
    if (!organization) throw notFound();
    if (typeof expectedVersion === 'number' && expectedVersion !== organization.version)
      throw conflict('Someone else changed this organization meanwhile.');
    const act = actIn(em, causeOf(ctx));
    if (organization.change(act, kept(typed))) {
      const contacts = await em.find(Contact, { organizationId, active: true }, { fields: ['personId'] });
      const personIds = contacts.map(({ personId }) => personId as string);
      await replaceSessions(em, act, personIds, organization.active ? 'RIGHTS_CHANGED' : 'DEACTIVATED');
    }
    return organization.id;
  });
}

/** What was said, as it is kept: only the account executive may be taken away. */
function kept({
  legalName,
  accountExecutive,
  environments,
  ...typed
}: Omit<UpdateOrganizationInput, 'organizationId'>): OrganizationChanges {
  const { country, plan, bso, contracts, entitlements, active } = typed;
  return {
    ...given({ legalName: legalName?.trim(), country, plan, bso, active }),
    ...given({ contracts: contracts && [...new Set(contracts)], entitlements: entitlements && [...new Set(entitlements)] }),
    ...(accountExecutive !== undefined && { accountExecutive: accountExecutive && executiveOf(accountExecutive) }),
    ...given({ environments: environments?.map(({ kind, name, address }) => ({ kind, name: name.trim(), address: address || null })) }),
  };
}

const executiveOf = ({ name, email, phone = null }: AccountExecutiveInput): AccountExecutive => ({
  name: name.trim(),
  email: asLogin(email),
  phone,
});
