import { BadConfiguration } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import type { Act } from '../act.ts';
import { actOf, line, list, personFor, read, type Work, wayIn, who, yesOrNo } from '../command-line.ts';
import { Contact } from '../contact/contact.ts';
import { contracts, plans } from './entitlements.ts';
import { Organization } from './organization.ts';

const administratorOptions = z.object({
  code: z.string().regex(/^[A-Z0-9]{2,12}$/, 'the client code: 2 to 12 capitals and digits, e.g. ACME01'),
  organization: line.optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'ISO 3166, e.g. BR')
    .default('BR'),
  plan: z.enum(plans).default('STANDARD'),
  contracts: list.pipe(z.array(z.enum(contracts))),
  bso: yesOrNo,
  ...who,
});

/** `first-administrator`: an organization (made when its code is new) and a portal administrator of it. */
export async function firstAdministrator(work: Work): Promise<string> {
  const { em } = work;
  const said = read('first-administrator', administratorOptions, work.given);
  const act = actOf(work);
  const organization = (await em.findOne(Organization, { code: said.code })) ?? register(em, act, said);
  const listed = await personFor(work, said);
  const ids = { organizationId: organization.id, personId: listed.person.id };
  const contact = await em.findOne(Contact, ids);
  if (contact) contact.change(act, { administrator: true, active: true }, 1);
  else em.persist(Contact.invite(act, { ...ids, name: said.name, scope: 'ORGANIZATION', administrator: true }));
  return `${said.email} administers ${said.code}. ${wayIn(work, act, listed, organization)}`;
}

type Administrator = z.output<typeof administratorOptions>;

function register(em: EntityManager, act: Act, { code, organization, country, plan, contracts: signed, bso }: Administrator): Organization {
  if (!organization) throw new BadConfiguration(`There is no organization ${code} yet: give its legal name with --organization.`);
  const registered = Organization.register(act, { code, legalName: organization, country, plan, contracts: signed, bso: bso === 'yes' });
  em.persist(registered);
  return registered;
}
