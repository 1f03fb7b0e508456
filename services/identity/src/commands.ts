import { parseArgs } from 'node:util';
import { BadConfiguration } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { Credential } from './account/credential.ts';
import { requestMail } from './account/mail.ts';
import { issueToken, voidTokens } from './account/one-time-token.ts';
import { Person } from './account/person.ts';
import { type Act, actIn, bySystem } from './act.ts';
import { Contact } from './contact/contact.ts';
import { contracts, plans } from './organization/entitlements.ts';
import { Organization } from './organization/organization.ts';
import { factorOf } from './second-factor/otp.ts';
import { Analyst, analystLevels } from './staff/analyst.ts';
import { Group } from './staff/group.ts';
import { asLogin, isEmail, isLine } from './text.ts';

// What only the vendor does, by hand and on the machine: nobody can sign in yet, or nobody is allowed to. Each names its
// options when one is missing, and answers with the link by which the person chooses a password.

interface Work {
  em: EntityManager;
  now: Date;
  config: { PORTAL_URL: string };
  given: string[];
}

const line = z.string().refine((text) => isLine(text, 200), 'one line of text, 200 characters at most');
const email = z.string().transform(asLogin).refine(isEmail, 'an e-mail address');

const administratorOptions = z.object({
  code: z.string().regex(/^[A-Z0-9]{2,12}$/, 'the client code: 2 to 12 capitals and digits, e.g. ACME01'),
  organization: line.optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'ISO 3166, e.g. BR')
    .default('BR'),
  plan: z.enum(plans).default('STANDARD'),
  contracts: z
    .string()
    .default('')
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(z.enum(contracts))),
  bso: z.enum(['yes', 'no']).default('no'),
  email,
  name: line,
});

/** `first-administrator`: an organization (made when its code is new) and a portal administrator of it. */
export async function firstAdministrator({ em, now, config, given }: Work): Promise<string> {
  const said = read('first-administrator', administratorOptions, given);
  const act = actIn(em, bySystem(now));
  const organization = (await em.findOne(Organization, { code: said.code })) ?? register(em, act, said);
  const person = await personOf(em, now, said);
  const contact = await em.findOne(Contact, { organizationId: organization.id, personId: person.id });
  if (contact) contact.change(act, { administrator: true, active: true }, 1);
  else
    em.persist(
      Contact.invite(act, {
        personId: person.id,
        organizationId: organization.id,
        name: said.name,
        scope: 'ORGANIZATION',
        administrator: true,
      }),
    );
  return `${said.email} administers ${said.code}. ${await wayIn(em, act, person, config.PORTAL_URL)}`;
}

type Administrator = z.output<typeof administratorOptions>;

function register(em: EntityManager, act: Act, { code, organization, country, plan, contracts: signed, bso }: Administrator): Organization {
  if (!organization) throw new BadConfiguration(`There is no organization ${code} yet: give its legal name with --organization.`);
  const registered = Organization.register(act, { code, legalName: organization, country, plan, contracts: signed, bso: bso === 'yes' });
  em.persist(registered);
  return registered;
}

const analystOptions = z.object({
  email,
  name: line,
  level: z.enum(analystLevels).default('N1'),
  groups: z.string().transform((text) => text.split(',').filter(Boolean)),
  supervisor: z.enum(['yes', 'no']).default('no'),
});

/** `add-analyst`: somebody of the vendor's staff, member of groups by their codes. */
export async function addAnalyst({ em, now, config, given }: Work): Promise<string> {
  const { groups: codes, level, supervisor, ...said } = read('add-analyst', analystOptions, given);
  const groups = await em.find(Group, { code: { $in: codes } });
  const unknown = codes.filter((code) => !groups.some((group) => group.code === code));
  if (unknown.length > 0)
    throw new BadConfiguration(
      `There is no group ${unknown.join(', ')}. Groups: ${(await em.find(Group, {})).map(({ code }) => code).join(', ')}`,
    );
  const person = await personOf(em, now, said);
  if (await em.findOne(Analyst, { personId: person.id })) throw new BadConfiguration(`${said.email} is an analyst already.`);
  const act = actIn(em, bySystem(now));
  const groupIds = groups.map((group) => group.id);
  em.persist(Analyst.employ(act, { personId: person.id, name: said.name, level, groupIds, supervisor: supervisor === 'yes' }));
  return `${said.email} works in ${codes.join(', ')}. ${await wayIn(em, act, person, config.PORTAL_URL)}`;
}

/** `turn-off-second-factor`: the way back for who lost their app and their recovery codes, once somebody has made sure of them. */
export async function turnOffSecondFactor({ em, now, given }: Work): Promise<string> {
  const { email: login } = read('turn-off-second-factor', z.object({ email }), given);
  const person = await em.findOne(Person, { email: login });
  const factor = person && (await factorOf(em, person.id));
  if (!factor) throw new BadConfiguration(`${login} has no second factor.`);
  factor.turnOff(actIn(em, bySystem(now)));
  em.remove(factor);
  await voidTokens(em, factor.personId, ['RECOVERY'], now);
  return `${login} signs in by the password alone.`;
}

export const commands = {
  'first-administrator': firstAdministrator,
  'add-analyst': addAnalyst,
  'turn-off-second-factor': turnOffSecondFactor,
};

async function personOf(em: EntityManager, now: Date, said: { email: string; name: string }): Promise<Person> {
  const known = await em.findOne(Person, { email: said.email });
  if (known) return known;
  const person = Person.register(now, said);
  await em.persist(person).flush();
  return person;
}

async function wayIn(em: EntityManager, act: Act, person: Person, portalUrl: string): Promise<string> {
  if ((await em.count(Credential, { personId: person.id })) > 0) return 'They sign in with the password they have.';
  const opens = issueToken(em, { purpose: 'ACTIVATION', personId: person.id, now: act.now });
  requestMail(em, act, { kind: 'ACTIVATION', to: person, opens, portalUrl });
  return `They choose a password at ${new URL('/activate', portalUrl).href}#token=${opens.secret} (7 days, once).`;
}

/** Reads `--name value` options; every fault at once. */
function read<S extends z.ZodObject>(command: string, schema: S, given: string[]): z.output<S> {
  const options = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, { type: 'string' as const }]));
  try {
    return schema.parse(parseArgs({ args: given, options }).values);
  } catch (error) {
    const faults =
      error instanceof z.ZodError ? error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`) : [(error as Error).message];
    throw new BadConfiguration(
      [
        ...faults,
        `Usage: ${command} ${Object.keys(schema.shape)
          .map((name) => `--${name} …`)
          .join(' ')}`,
      ].join('\n'),
    );
  }
}
