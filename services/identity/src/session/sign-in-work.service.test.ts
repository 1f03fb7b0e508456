import { demoId } from '@atende/service';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import pg from 'pg';

// How much work a refusal is, counted: a time that is measured would tell of the machine.
const argon2 = await import('@node-rs/argon2');
const verify = jest.fn(argon2.verify);
jest.unstable_mockModule('@node-rs/argon2', () => ({ ...argon2, verify }));
const { ana, bruno, gisele, hugo, startIdentity } = await import('../testing/identity.ts');
const { SecondFactor } = await import('../second-factor/second-factor.ts');
const { Person } = await import('../account/person.ts');

const SIGN_IN = `mutation ($email: String!, $otp: String) { signIn(input: { email: $email, password: "not it at all", otp: $otp }) {
  accessToken viewer { roles } errors { code field message } } }`;
// What signing in touches; jobs and the relay do their own meanwhile.
const ITS_OWN =
  /(insert into sign_in_attempt|familiar_address|from credential|from "(sign_in_attempt|person|credential|second_factor|contact|session)"|insert into "?event"?)/i;

let identity: Awaited<ReturnType<typeof startIdentity>>;
beforeAll(async () => {
  identity = await startIdentity();
}, 60_000);
afterAll(() => identity[Symbol.asyncDispose]());

it('the unknown, the inactive, who has no password, who has a second factor and who merely mistyped: the same bytes, statements and hashes', async () => {
  const em = identity.worker();
  await em.nativeUpdate(Person, { email: bruno }, { active: false });
  await em.execute('delete from credential where person_id = ?', [demoId('per', gisele)]);
  await em.persist(Object.assign(SecondFactor.begin(new Date(), demoId('per', hugo), 'sealed'), { confirmedAt: new Date() })).flush();
  const statements: string[] = [];
  const query = pg.Client.prototype.query;
  const spy = jest.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...asked: unknown[]) {
    const text = typeof asked[0] === 'string' ? asked[0] : String((asked[0] as { text?: string }).text);
    if (ITS_OWN.test(text)) statements.push(text.replace(/'[^']*'/g, '?'));
    return Reflect.apply(query, this, asked);
  } as never);
  const work: [string, string | null][] = [
    [ana, null],
    ['nobody@acme.example', null],
    [bruno, null],
    [gisele, null],
    [hugo, null],
    [hugo, '123456'],
    ['no address', null],
  ];
  const done = [];
  for (const [index, [email, otp]] of work.entries()) {
    statements.length = 0;
    verify.mockClear();
    const answer = JSON.stringify(await identity.anybody(SIGN_IN, { email, otp }, `203.0.113.${index}`));
    done.push({ answer, statements: [...statements], hashes: verify.mock.calls.length });
  }
  spy.mockRestore();
  expect(done[0]).toMatchObject({ answer: expect.stringContaining('INVALID_CREDENTIALS'), hashes: 1 });
  expect(done[0]?.statements.length).toBeGreaterThan(4);
  for (const one of done) expect(one).toEqual(done[0]);
});
