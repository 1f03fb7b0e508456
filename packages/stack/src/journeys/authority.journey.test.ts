import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt, importJWK, SignJWT } from 'jose';
import type { Stack } from '../stack.ts';
import { withStack } from '../testing/with-stack.ts';
import { clientKey } from './filling.ts';
import { type Newcomer, newAnalyst, newClient, newContact, redeem, tokenFor } from './newcomer.ts';
import { type Ended, OpenLines } from './open-lines.ts';
import { type Answer, type Person, Portal } from './portal.ts';

// Whatever takes somebody's rights away: HTTP is refused and open lines end within two seconds, with NATS and without.

let stack: Stack;
let portal: Portal;
let ana: Person;
let elisa: Person;
withStack(async (started) => {
  stack = started;
  portal = new Portal(stack.url);
  ana = await portal.as('ana@acme.example');
  elisa = await portal.as('elisa@support.example');
});

interface Cause {
  name: string;
  /** Whom it strikes; a contact unless said. */
  whom?: (login: string) => Promise<Newcomer>;
  /** What the lines are opened with; the person's access token unless said. */
  credential?(victim: Newcomer): Promise<string>;
  happen(victim: Newcomer): Promise<void>;
  /** From when on nothing may be answered, where that is not when it has happened. */
  moment?(): number;
  /** The person may go on, with other rights: their refresh token is good. */
  goesOn: boolean;
}

const done = async (answer: Promise<Answer>): Promise<void> => {
  const { data, errors } = await answer;
  const [payload] = Object.values(data ?? {}) as { errors?: unknown[] }[];
  if (errors || (payload?.errors ?? []).length > 0) throw new Error(JSON.stringify(errors ?? payload));
};
const change = (contactId: string, changes: object) =>
  done(
    ana.ask('mutation ($input: UpdateContactInput!) { updateContact(input: $input) { errors { code } } }', {
      input: { contactId, ...changes },
    }),
  );

const contact = (login: string) => newContact(ana, login);
const analyst = (login: string) => newAnalyst(elisa, login);
const client = (login: string) => newClient(elisa, login);
const NAMES = { ptBR: 'Grupo', en: 'Group', es: 'Grupo' };

const causes: Cause[] = [
  { name: 'sign-out', happen: ({ person }) => done(person.ask('mutation { signOut { errors { code } } }')), goesOn: false },
  {
    name: 'sign-out everywhere, elsewhere',
    happen: async ({ email, password }) =>
      done((await portal.as(email, password)).ask('mutation { signOut(everywhere: true) { errors { code } } }')),
    goesOn: false,
  },
  {
    name: 'change of the password, elsewhere',
    happen: async ({ email, password }) =>
      done(
        (await portal.as(email, password)).ask(
          'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { errors { code } } }',
          { input: { currentPassword: password, newPassword: 'outra senha bem comprida' } },
        ),
      ),
    goesOn: false,
  },
  {
    name: 'reset of the password',
    happen: async ({ email }) => {
      await done(
        portal.ask('mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { errors { code } } }', {
          input: { email },
        }),
      );
      await redeem(portal, 'resetPassword', await tokenFor(portal.url, email, 'reset-password'), 'outra senha bem comprida');
    },
    goesOn: false,
  },
  {
    name: 'deactivation of the contact',
    happen: ({ id }) =>
      done(
        ana.ask('mutation ($input: DeactivateContactInput!) { deactivateContact(input: $input) { errors { code } } }', {
          input: { contactId: id },
        }),
      ),
    goesOn: false,
  },
  { name: 'change of scope', happen: ({ id }) => change(id, { scope: 'ORGANIZATION' }), goesOn: true },
  { name: 'change of role', happen: ({ id }) => change(id, { administrator: true }), goesOn: true },
  {
    name: 'change of groups',
    whom: analyst,
    happen: ({ id, email }) =>
      done(
        elisa.ask('mutation ($input: SaveGroupInput!) { saveGroup(input: $input) { errors { code } } }', {
          input: { clientKey: clientKey(), code: email.split('@')[0], names: NAMES, memberIds: [id] },
        }),
      ),
    goesOn: true,
  },
  {
    name: 'deactivation of the analyst',
    whom: analyst,
    happen: ({ id }) =>
      done(
        elisa.ask('mutation ($input: SaveAnalystInput!) { saveAnalyst(input: $input) { errors { code } } }', {
          input: { analystId: id, active: false },
        }),
      ),
    goesOn: false,
  },
  {
    name: 'deactivation of the organization',
    whom: client,
    happen: ({ id }) =>
      done(
        elisa.ask('mutation ($input: UpdateOrganizationInput!) { updateOrganization(input: $input) { errors { code } } }', {
          input: { organizationId: id, active: false },
        }),
      ),
    goesOn: false,
  },
  {
    name: 'end of an API key',
    credential: async ({ person, password }) => {
      const { createApiKey } = await person.get(
        'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret errors { code } } }',
        { input: { clientKey: clientKey(), name: 'painel', scopes: ['READ'], expiresAt: new Date(Date.now() + 3_600_000), password } },
      );
      return createApiKey.secret;
    },
    happen: async ({ person }) => {
      const { viewer } = await person.get('{ viewer { apiKeys { id } } }');
      await done(
        person.ask('mutation ($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { errors { code } } }', {
          input: { apiKeyId: viewer.apiKeys[0].id },
        }),
      );
    },
    goesOn: true,
  },
  {
    name: 'end of the token',
    credential: ({ person }) => expiringSoon(person.accessToken),
    happen: async () => undefined,
    moment: () => performance.now() + (tokenEnd - Date.now()),
    goesOn: true,
  },
];

let tokenEnd = 0; // ms of the clock

const LEEWAY = 5; // seconds between clocks

/** The same token, with two or three seconds left. */
async function expiringSoon(accessToken: string): Promise<string> {
  const jwk = JSON.parse(readFileSync(join(stack.dataDir, 'secrets', 'identity-access.jwk'), 'utf8'));
  const end = Math.floor(Date.now() / 1_000) + 3;
  tokenEnd = end * 1_000;
  return new SignJWT({ ...decodeJwt(accessToken), exp: end - LEEWAY })
    .setProtectedHeader({ alg: 'EdDSA', kid: jwk.kid })
    .sign(await importJWK(jwk, 'EdDSA'));
}

const REFRESH = 'mutation ($token: String!) { refreshSession(refreshToken: $token) { accessToken errors { code } } }';

/** Lets it happen to somebody new, and tells how their open lines ended. */
async function strike(
  { name, whom = contact, credential, happen, moment = () => performance.now(), goesOn }: Cause,
  round: string,
): Promise<Ended> {
  const login = `${round}-${causes.findIndex((cause) => cause.name === name)}`;
  const victim = await whom(login);
  const lines = await OpenLines.open(stack.url, credential ? await credential(victim) : victim.person.accessToken);
  try {
    await happen(victim);
    const ended = await lines.endedSince(moment());
    const { data } = await portal.ask(REFRESH, { token: victim.person.refreshToken });
    expect([name, data.refreshSession.accessToken !== null]).toEqual([name, goesOn]);
    return ended;
  } finally {
    lines.close();
  }
}

describe.each([['with NATS'], ['without NATS']])('%s', (nats) => {
  const round = nats === 'with NATS' ? 'com' : 'sem';
  let bystander: OpenLines;
  beforeAll(async () => {
    if (round === 'sem') stack.process('nats').kill('SIGSTOP');
    bystander = await OpenLines.open(stack.url, ana.accessToken);
  });
  afterAll(() => {
    bystander.close();
    if (round === 'sem') stack.process('nats').kill('SIGCONT');
  });

  it.each(causes)(
    '$name ends what is open',
    async (cause) => {
      const { http, socket, stream } = await strike(cause, round);
      expect([http.code, socket.code, stream.code]).toEqual(['UNAUTHENTICATED', 4403, 'UNAUTHENTICATED']);
      const ms = [http, socket, stream].map((way) => `${Math.round(way.ms)}`.padStart(6)).join('');
      process.stdout.write(`${cause.name.padEnd(36)} ${nats.padEnd(13)} ms to HTTP, socket, stream:${ms}\n`);
    },
    60_000,
  );

  it('whoever is not meant stays', () => {
    expect(bystander.isOpen).toBe(true);
  });
});
