import { describe, expect, it } from '@jest/globals';
import { firstAdministrator } from './organization/organization.commands.ts';
import { addAnalyst, addAuditor, firstOmbudsman, removeAuditor } from './staff/staff.commands.ts';
import { startIdentity, type TestIdentity } from './testing/identity.ts';

const SIGN_IN =
  'mutation ($email: String!, $password: String!) { signIn(input: { email: $email, password: $password }) { errors { code } viewer { roles contacts { organization { code legalName plan } } analyst { groups { code } } } } }';
const ACTIVATE =
  'mutation ($token: String!, $password: String!) { activateAccount(input: { token: $token, newPassword: $password }) { errors { code } } }';
const password = 'Vidro-Azul-27-Serra';

describe('an empty installation', () => {
  const run = (identity: TestIdentity, command: typeof firstAdministrator, ...given: string[]) =>
    identity
      .worker()
      .transactional((em) => command({ em, now: identity.clock.now(), config: { PORTAL_URL: 'https://support.example' }, given }));
  const activate = async (identity: TestIdentity, answer: string) => {
    const token = /https:\/\/support\.example\/activate#token=([\w-]+)/.exec(answer)?.[1];
    expect((await identity.anybody(ACTIVATE, { token, password })).data.activateAccount.errors).toEqual([]);
  };

  it('gets its first organization, administrator and supervisor by hand, each choosing a password', async () => {
    await using identity = await startIdentity({ demo: false });
    const options = [
      '--code',
      'INIT01',
      '--organization',
      'Initech Ltda.',
      '--plan',
      'PRIME',
      '--email',
      'Ivo@initech.example',
      '--name',
      'Ivo',
    ];
    await activate(identity, await run(identity, firstAdministrator, ...options));
    const ivo = (await identity.anybody(SIGN_IN, { email: 'ivo@initech.example', password })).data.signIn;
    expect(ivo).toMatchObject({
      errors: [],
      viewer: {
        roles: ['CONTACT', 'ADMINISTRATOR'],
        contacts: [{ organization: { code: 'INIT01', legalName: 'Initech Ltda.', plan: 'PRIME' } }],
      },
    });
    await activate(
      identity,
      await run(identity, addAnalyst, '--email', 'sol@support.example', '--name', 'Sol', '--groups', 'cloud,infra', '--supervisor', 'yes'),
    );
    const sol = (await identity.anybody(SIGN_IN, { email: 'sol@support.example', password })).data.signIn;
    expect(sol.viewer.roles).toEqual(['ANALYST', 'SUPERVISOR']);
    expect(await run(identity, firstAdministrator, '--code', 'INIT01', '--email', 'ivo@initech.example', '--name', 'Ivo')).toContain(
      'They sign in with the password they have.',
    );
  }, 60_000);

  it('says every option that is wrong, and what there is', async () => {
    await using identity = await startIdentity({ demo: false });
    await expect(run(identity, firstAdministrator, '--code', 'a')).rejects.toThrow(
      /--code: .*\n--email: .*\n--name: .*\nUsage: first-administrator --code …/,
    );
    await expect(run(identity, firstAdministrator, '--nope', 'a')).rejects.toThrow(/nope.*\nUsage/s);
    await expect(run(identity, firstAdministrator, '--code', 'NEW01', '--email', 'a@b.example', '--name', 'A')).rejects.toThrow(
      'give its legal name with --organization',
    );
    await expect(run(identity, addAnalyst, '--email', 'a@b.example', '--name', 'A', '--groups', 'nope')).rejects.toThrow(
      /no group nope. Groups: .*ombudsman/,
    );
  }, 60_000);

  it('gets its first ombudsman by hand, who alone takes others in; the command is no way around them', async () => {
    await using identity = await startIdentity({ demo: false });
    const person = (login: string) => ['--email', `${login}@support.example`, '--name', login];
    await activate(identity, await run(identity, firstOmbudsman, ...person('olga')));
    const { viewer } = (await identity.anybody(SIGN_IN, { email: 'olga@support.example', password })).data.signIn;
    expect(viewer).toMatchObject({ roles: ['ANALYST', 'OMBUDSMAN'], analyst: { groups: [{ code: 'ombudsman' }] } });
    await expect(run(identity, firstOmbudsman, ...person('paul'))).rejects.toThrow('they take others in, and nobody else does');
    await expect(run(identity, addAnalyst, ...person('paul'), '--groups', 'cloud,ombudsman')).rejects.toThrow('is closed');
  }, 60_000);

  it('gets auditors by hand, who are nothing else', async () => {
    await using identity = await startIdentity();
    for (const [login, why] of [
      ['carla@support.example', 'is an analyst'],
      ['ana@acme.example', 'is a contact'],
    ] as const)
      await expect(run(identity, addAuditor, '--email', login, '--name', 'X')).rejects.toThrow(why);
    const rui = ['--email', 'rui@support.example', '--name', 'Rui'];
    await activate(identity, await run(identity, addAuditor, ...rui));
    expect(await identity.viewer('rui@support.example')).toMatchObject({ roles: ['AUDITOR'], contacts: [], analystId: null });
    await expect(run(identity, addAnalyst, ...rui, '--groups', 'cloud')).rejects.toThrow('an auditor, who reads the audit log');
    // Whatever else somebody makes of them afterwards counts for nothing.
    await run(identity, firstAdministrator, '--code', 'ACME01', ...rui);
    expect(await identity.viewer('rui@support.example')).toMatchObject({ roles: ['AUDITOR'], contacts: [] });
    await run(identity, removeAuditor, '--email', 'rui@support.example');
    expect((await identity.viewer('rui@support.example')).roles).not.toContain('AUDITOR');
    await expect(run(identity, removeAuditor, '--email', 'rui@support.example')).rejects.toThrow('is no auditor');
  }, 60_000);
});
