import { createHmac } from 'node:crypto';
import { eventually } from '../faults/eventually.ts';
import { clientKey } from './filling.ts';
import { type Person, Portal } from './portal.ts';

const PASSWORD = 'uma senha longa de um novato';

/** Somebody who was invited and has chosen a password. */
export interface Newcomer {
  email: string;
  password: string;
  /** Of the contact, the analyst or the organization. */
  id: string;
  person: Person;
}

/** Makes a contact of ACME in an administrator's name. */
export async function newContact(administrator: Person, name: string): Promise<Newcomer> {
  const email = `${name}@acme.example`;
  const { inviteContact } = await administrator.get(
    'mutation ($input: InviteContactInput!) { inviteContact(input: $input) { contact { id } errors { code field } } }',
    { input: { clientKey: clientKey(), email, name, scope: 'OWN', mayOpen: true } },
  );
  if (!inviteContact.contact) throw new Error(JSON.stringify(inviteContact.errors));
  return { ...(await firstAccess(administrator.url, email)), id: inviteContact.contact.id };
}

/** Makes an analyst in a supervisor's name. */
export async function newAnalyst(supervisor: Person, name: string): Promise<Newcomer> {
  const email = `${name}@support.example`;
  const { saveAnalyst } = await supervisor.get(
    'mutation ($input: SaveAnalystInput!) { saveAnalyst(input: $input) { analyst { id } errors { code field } } }',
    { input: { clientKey: clientKey(), email, name } },
  );
  if (!saveAnalyst.analyst) throw new Error(JSON.stringify(saveAnalyst.errors));
  return { ...(await firstAccess(supervisor.url, email)), id: saveAnalyst.analyst.id };
}

/** Registers a client in a supervisor's name; who comes is its first administrator. */
export async function newClient(supervisor: Person, name: string): Promise<Newcomer> {
  const email = `${name}@client.example`;
  const client = { code: name.toUpperCase().replace(/[^A-Z0-9]/g, ''), legalName: name, country: 'BR', plan: 'STANDARD' };
  const { createOrganization } = await supervisor.get(
    'mutation ($input: CreateOrganizationInput!) { createOrganization(input: $input) { organization { id } errors { code field } } }',
    { input: { clientKey: clientKey(), ...client, administrator: { email, name } } },
  );
  if (!createOrganization.organization) throw new Error(JSON.stringify(createOrganization.errors));
  return { ...(await firstAccess(supervisor.url, email)), id: createOrganization.organization.id };
}

/** Takes the link from the mailbox, sets a password, signs in. */
export async function firstAccess(url: string, email: string): Promise<Omit<Newcomer, 'id'>> {
  const portal = new Portal(url);
  const token = await tokenFor(url, email, 'activate');
  const enter = async (): Promise<Person> => {
    // The first password of all waits for its judge to start; a call that took too long may have set it all the same.
    await redeem(portal, 'activateAccount', token, PASSWORD).catch(() => undefined);
    return portal.as(email, PASSWORD);
  };
  return { email, password: PASSWORD, person: await eventually(enter, () => true) };
}

/** The one-time token of the newest mail to an address. */
export async function tokenFor(url: string, email: string, page: 'activate' | 'reset-password'): Promise<string> {
  const found = await eventually(
    async () => {
      const mails = (await (await fetch(`${url}/mailbox`)).text()).split('<article>');
      return mails.find((mail) => mail.includes(`to ${email},`) && mail.includes(`/${page}#token=`)) ?? '';
    },
    (mail) => mail !== '',
  );
  return /#token=([\w-]+)/.exec(found)?.[1] ?? '';
}

/** What an authenticator app shows now for a secret in base32 (RFC 6238). */
export function codeOfApp(secret: string): string {
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const moment = Buffer.alloc(8);
  moment.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac('sha1', key).update(moment).digest();
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

export async function redeem(
  portal: Portal,
  mutation: 'activateAccount' | 'resetPassword',
  token: string,
  newPassword: string,
): Promise<void> {
  const { data, errors } = await portal.ask(
    `mutation ($input: RedeemTokenInput!) { ${mutation}(input: $input) { errors { code message } } }`,
    {
      input: { token, newPassword },
    },
  );
  // The first verdict on a password starts a thread; where the gateway did not wait for it, the password is set a little later.
  if (errors?.every(({ extensions }) => extensions.code === 'DEPENDENCY_UNAVAILABLE')) return;
  if (errors || data[mutation].errors.length > 0) throw new Error(JSON.stringify(errors ?? data));
}
