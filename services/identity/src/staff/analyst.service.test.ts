import { demoId, type Viewer } from '@atende/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Mail } from '../account/mail.ts';
import { Session } from '../session/session.ts';
import { ana, bruno, carla, elisa, otavio, rita, startIdentity, type TestIdentity } from '../testing/identity.ts';
import { doorOf, viewerIn } from '../testing/sign-in.ts';
import { refusalOf, SAVE_ANALYST, staffOf } from '../testing/staff.ts';
import { Analyst } from './analyst.ts';

let identity: TestIdentity;
beforeAll(async () => {
  identity = await startIdentity();
}, 60_000);
afterAll(() => identity[Symbol.asyncDispose]());

const { saveAnalyst, setAvailability } = staffOf(() => identity);
const { signIn, activate, refresh } = doorOf(() => identity);
const idOf = (email: string) => demoId('ana', email);
const labore = demoId('opt', 'erp/rm/labore');

describe('taking an analyst on', () => {
  it('sends the way to a first password, once per key', async () => {
    const input = { clientKey: 'new-1', email: ' Nina@Support.example', name: ' Nina Alves ', level: 'N2', moduleIds: [labore, labore] };
    const answers = await Promise.all(Array.from({ length: 4 }, () => identity.as(elisa, SAVE_ANALYST, { input })));
    expect(new Set(answers.map(({ data }) => data.saveAnalyst.analyst.id)).size).toBe(1);
    expect(answers[0]?.data.saveAnalyst).toMatchObject({
      errors: [],
      analyst: { name: 'Nina Alves', level: 'N2', moduleIds: [labore], supervisor: false, available: true, active: true, groups: [] },
    });
    const mails = await identity.worker().find(Mail, { to: 'nina@support.example' });
    expect(mails).toMatchObject([{ kind: 'ACTIVATION', organizationId: null }]);
    expect(await activate(/#token=([\w-]+)/.exec(mails[0]?.body ?? '')?.[1], 'Vidro-Azul-27-Serra')).toEqual([]);
    expect((await signIn('nina@support.example', 'Vidro-Azul-27-Serra')).viewer.roles).toEqual(['ANALYST']);
  });

  it('says every fault at once, and takes nobody on twice, nor an auditor', async () => {
    expect(refusalOf(await saveAnalyst(elisa, { moduleIds: ['nonsense'], active: false })).split(', ')).toEqual([
      ...['input.email REQUIRED', 'input.name REQUIRED', 'input.active BAD_USER_INPUT', 'input.moduleIds NOT_FOUND'],
    ]);
    for (const email of [carla, rita]) expect(refusalOf(await saveAnalyst(elisa, { email, name: 'X' }))).toBe('input.email EMAIL_TAKEN');
    expect(refusalOf(await identity.as(elisa, SAVE_ANALYST, { input: { email: 'x@support.example', name: 'X' } }))).toBe(
      'input.clientKey REQUIRED',
    );
  });
});

describe('changing an analyst', () => {
  it('moves the version, leaves what was not given, and refuses what is stale or fixed', async () => {
    const { version } = await identity.worker().findOneOrFail(Analyst, { id: idOf(carla) });
    const { data } = await saveAnalyst(elisa, { analystId: idOf(carla), level: 'N2', expectedVersion: version });
    expect(data.saveAnalyst).toMatchObject({
      errors: [],
      analyst: { version: version + 1, level: 'N2', name: 'Carla Nogueira', moduleIds: [labore] },
    });
    expect(refusalOf(await saveAnalyst(elisa, { analystId: idOf(carla), level: 'N1', expectedVersion: version }))).toBe('CONFLICT');
    expect(refusalOf(await saveAnalyst(elisa, { analystId: idOf(carla), email: 'other@support.example', level: null }))).toBe(
      'input.email FIXED_FIELD, input.level REQUIRED',
    );
    expect(refusalOf(await saveAnalyst(elisa, { analystId: demoId('ana', 'nobody') }))).toBe('NOT_FOUND');
  });

  it('of what they may do makes their sessions anew; deactivating ends their access', async () => {
    const { accessToken, refreshToken } = await signIn(carla);
    await saveAnalyst(elisa, { analystId: idOf(carla), supervisor: true });
    const ended = await identity.worker().findOneOrFail(Session, { id: viewerIn(accessToken).sessionId ?? '' });
    expect(ended.endReason).toBe('RIGHTS_CHANGED');
    const next = await refresh(refreshToken);
    expect(viewerIn(next.accessToken).roles).toContain('SUPERVISOR');
    await saveAnalyst(elisa, { analystId: idOf(carla), supervisor: false, active: false });
    expect((await refresh(next.refreshToken)).errors).toMatchObject([{ code: 'SESSION_ENDED' }]);
    expect((await signIn(carla)).errors).toMatchObject([{ code: 'INVALID_CREDENTIALS' }]);
    await saveAnalyst(elisa, { analystId: idOf(carla), active: true });
    expect((await signIn(carla)).errors).toEqual([]);
  });

  it('is for supervisors: nobody promotes themselves', async () => {
    for (const who of [carla, otavio, ana, rita])
      expect(refusalOf(await saveAnalyst(who, { analystId: idOf(carla), supervisor: true }))).toBe('FORBIDDEN');
  });

  it('LAST_SUPERVISOR: never takes the last one away, not even two who take each other at once', async () => {
    expect(refusalOf(await saveAnalyst(elisa, { analystId: idOf(elisa), active: false }))).toBe('input.analystId LAST_SUPERVISOR');
    await saveAnalyst(elisa, { analystId: idOf(carla), supervisor: true });
    const [one, other] = [await identity.viewer(elisa), await identity.viewer(carla)];
    const demote = (viewer: Viewer, email: string) =>
      identity.ask(viewer, SAVE_ANALYST, { input: { analystId: idOf(email), supervisor: false } });
    const both = await Promise.all([demote(one, carla), demote(other, elisa)]);
    expect(both.map(refusalOf).sort()).toEqual(['', 'input.analystId LAST_SUPERVISOR']);
    expect(await identity.worker().count(Analyst, { supervisor: true, active: true })).toBe(1);
    await identity.worker().nativeUpdate(Analyst, { id: idOf(elisa) }, { supervisor: true });
    await saveAnalyst(elisa, { analystId: idOf(carla), supervisor: false });
  });
});

describe('availability', () => {
  it('is said by oneself, and by a supervisor for anyone; it is no right, so sessions stay', async () => {
    const { accessToken } = await signIn(carla);
    expect((await setAvailability(carla, { available: false })).data.setAvailability).toMatchObject({
      errors: [],
      analyst: { name: 'Carla Nogueira', available: false },
    });
    expect((await setAvailability(elisa, { analystId: idOf(carla), available: true })).data.setAvailability.analyst.available).toBe(true);
    expect(await identity.worker().findOneOrFail(Session, { id: viewerIn(accessToken).sessionId ?? '' })).toMatchObject({ endedAt: null });
  });

  it('of somebody else is not an analyst’s to say, and clients have none', async () => {
    expect(refusalOf(await setAvailability(carla, { analystId: idOf(otavio), available: false }))).toBe('FORBIDDEN');
    for (const who of [ana, bruno, rita]) expect(refusalOf(await setAvailability(who, { available: false }))).toBe('FORBIDDEN');
    expect(refusalOf(await setAvailability(elisa, { analystId: 'nonsense', available: false }))).toBe('NOT_FOUND');
  });
});
