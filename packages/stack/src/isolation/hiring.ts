import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { demoId } from '@atende/service/ids';
import { DEMO_PASSWORD, Person, Portal } from '../journeys/portal.ts';
import { repositoryRoot } from '../repository.ts';
import { demoPeople, emails, keyScopes, keys, type Who } from './access.ts';
import { type Place, rowsOf } from './place.ts';
import { type Client, isAnalyst, profiles } from './profiles.ts';

export type Crowd = Record<Exclude<Who, 'nobody'>, Person>;

const PASSWORD = 'Quem-tem-boca-vai-a-Roma-1500';
const INVITE = `mutation ($input: InviteContactInput!) {
  inviteContact(input: $input) { contact { id } errors { code field } } }`;

const A_DAY = 86_400_000; // ms
const CREATE_KEY = 'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret errors { code field } } }';

/** Everybody of the matrix, signed in. Who the demo lacks is made the way the product makes people. */
export async function hire(place: Place): Promise<Crowd> {
  const portal = new Portal(place.url);
  const crowd = {} as Crowd; // one after the other: each sign-in is a fifth of a second of a processor, on purpose
  for (const who of demoPeople) crowd[who] = await portal.as(emails[who]);
  for (const who of ['bia', 'caio', 'davi', 'dora'] as const) {
    for (const { client, whole, administrator, serviceManager, mayNotOpen } of profiles[who].contacts ?? [])
      await invite(crowd, who, client, {
        scope: whole ? 'ORGANIZATION' : 'OWN',
        ...{ administrator, serviceManager, mayOpen: !mayNotOpen },
      });
    await activate(portal, await tokenInMail(place, emails[who]));
    crowd[who] = await portal.as(emails[who], PASSWORD);
  }
  for (const who of ['fabio', 'greta'] as const) {
    await activate(portal, await employ(place, who));
    crowd[who] = await portal.as(emails[who], PASSWORD);
  }
  for (const who of ['iris', 'eva'] as const) {
    const contactId = await invite(crowd, who, 'GLBX01', { scope: 'ORGANIZATION' });
    await activate(portal, await tokenInMail(place, emails[who]));
    if (who === 'iris') await rowsOf(place, 'identity', MUST_CHANGE, [emails[who]]);
    crowd[who] = await portal.as(emails[who], PASSWORD);
    if (who === 'eva')
      await crowd.gisele.get('mutation ($id: ID!) { deactivateContact(input: { contactId: $id }) { errors { code } } }', { id: contactId });
  }
  for (const who of ['leitora', 'escritora'] as const) {
    const { createApiKey } = await crowd[keys[who]].get(CREATE_KEY, {
      input: {
        ...{ clientKey: who, name: who, scopes: keyScopes[who], expiresAt: new Date(Date.now() + A_DAY).toISOString() },
        password: DEMO_PASSWORD,
      },
    });
    if (!createApiKey.secret) throw new Error(JSON.stringify(createApiKey.errors));
    crowd[who] = new Person(place.url, createApiKey.secret, '');
  }
  return crowd;
}

/** No door sets it yet: passwords that somebody else chose come with imports. */
const MUST_CHANGE = 'update credential set must_change = true where person_id = (select id from person where email = $1)';

async function invite(crowd: Crowd, who: Exclude<Who, 'nobody'>, client: Client, rights: object): Promise<string> {
  const input = { clientKey: `hire-${who}-${client}`, organizationId: demoId('org', client), email: emails[who], name: `Pessoa ${who}` };
  const administrator = client === 'ACME01' ? crowd.ana : crowd.gisele;
  const { inviteContact } = await administrator.get(INVITE, { input: { ...input, ...rights } });
  if (!inviteContact.contact) throw new Error(JSON.stringify(inviteContact.errors));
  return inviteContact.contact.id;
}

/** Staff are added on the machine; the answer holds the one-time token. */
async function employ({ services }: Place, who: Exclude<Who, 'nobody'>): Promise<string> {
  if (!isAnalyst(who)) throw new Error(`${who} is no analyst`);
  const main = join(repositoryRoot, 'services', 'identity', 'dist', 'main.js');
  const options = ['--email', emails[who], '--name', `Pessoa ${who}`, '--groups', (profiles[who].groups ?? []).join(',')];
  const { stdout } = await promisify(execFile)(process.execPath, [main, 'add-analyst', ...options], {
    env: { ...process.env, ...services.identity },
  });
  return tokenIn(stdout);
}

async function tokenInMail({ url }: Place, email: string): Promise<string> {
  const page = await (await fetch(`${url}/mailbox`)).text();
  return tokenIn(page.split('<article>').find((mail) => mail.includes(`to ${email}`) && mail.includes('#token=')) ?? '');
}

function tokenIn(text: string): string {
  const token = /#token=([\w.-]+)/.exec(text)?.[1];
  if (!token) throw new Error(`no token in ${text.slice(0, 200)}`);
  return token;
}

async function activate(portal: Portal, token: string, tries = 8): Promise<void> {
  const redeem = 'mutation ($input: RedeemTokenInput!) { activateAccount(input: $input) { errors { code field } } }';
  const { data, errors } = await portal.ask(redeem, { input: { token, newPassword: PASSWORD } });
  // The first password of an installation is judged slowly; whether it was taken when the answer was given up, the sign-in tells.
  if (errors?.[0]?.extensions.code === 'DEPENDENCY_UNAVAILABLE' && tries > 1) return activate(portal, token, tries - 1);
  if (tries === 8 && (errors || data.activateAccount.errors.length > 0)) throw new Error(JSON.stringify(errors ?? data));
}
