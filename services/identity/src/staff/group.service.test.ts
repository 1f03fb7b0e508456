import { demoId } from '@atende/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Session } from '../session/session.ts';
import { ana, carla, diego, elisa, otavio, rita, startIdentity, type TestIdentity } from '../testing/identity.ts';
import { doorOf, viewerIn } from '../testing/sign-in.ts';
import { refusalOf, SAVE_GROUP, staffOf } from '../testing/staff.ts';
import { Group } from './group.ts';

let identity: TestIdentity;
beforeAll(async () => {
  identity = await startIdentity();
}, 60_000);
afterAll(() => identity[Symbol.asyncDispose]());

const { saveGroup } = staffOf(() => identity);
const { signIn } = doorOf(() => identity);
const analyst = (email: string) => demoId('ana', email);
const cloud = demoId('grp', 'cloud');
const ombudsman = demoId('grp', 'ombudsman');
const names = { ptBR: 'Plantão' };
const sessionOf = async (email: string) => viewerIn((await signIn(email)).accessToken).sessionId ?? '';
const endOf = async (id: string) => (await identity.worker().findOneOrFail(Session, { id })).endReason;

describe('a support group', () => {
  it('is founded by a supervisor, once per key, with its members', async () => {
    const input = {
      clientKey: 'group-once',
      code: 'night-shift',
      names: { ptBR: 'Plantão', en: 'Night shift' },
      memberIds: [analyst(diego)],
    };
    const answers = await Promise.all(Array.from({ length: 4 }, () => identity.as(elisa, SAVE_GROUP, { input })));
    expect(new Set(answers.map(({ data }) => data.saveGroup.group.id)).size).toBe(1);
    expect(answers[0]?.data.saveGroup).toMatchObject({
      errors: [],
      group: {
        ...{ code: 'night-shift', kind: 'SUPPORT', active: true, members: [{ name: 'Diego Martins' }] },
        names: { ptBR: 'Plantão', en: 'Night shift', es: 'Plantão' },
      },
    });
    expect(refusalOf(await saveGroup(elisa, { code: 'night-shift', names }))).toBe('input.code CODE_TAKEN');
  });

  it('says every fault at once', async () => {
    const answer = await saveGroup(elisa, { code: 'Night Shift', kind: 'OMBUDSMAN', names: { ptBR: ' ', en: 'a\nb' } });
    expect(refusalOf(answer).split(', ')).toEqual([
      ...['input.code BAD_USER_INPUT', 'input.kind BAD_USER_INPUT', 'input.names.ptBR REQUIRED', 'input.names.en BAD_USER_INPUT'],
    ]);
    expect(refusalOf(await saveGroup(elisa, { groupId: cloud, code: 'other', kind: 'BSO' }))).toBe(
      'input.code FIXED_FIELD, input.kind FIXED_FIELD',
    );
    for (const id of [analyst('nobody'), 'nonsense', demoId('con', ana)])
      expect(refusalOf(await saveGroup(elisa, { groupId: cloud, memberIds: [id] }))).toBe('input.memberIds NOT_FOUND');
  });

  it('has exactly the members that were said, and makes the sessions of who came or went anew', async () => {
    const [came, went, stayed] = [await sessionOf(diego), await sessionOf(carla), await sessionOf(elisa)];
    const { version } = await identity.worker().findOneOrFail(Group, { id: cloud });
    const { data } = await saveGroup(elisa, { groupId: cloud, memberIds: [analyst(diego), analyst(diego)], expectedVersion: version });
    expect(data.saveGroup.group).toMatchObject({ version: version + 1, members: [{ name: 'Diego Martins' }] });
    expect([await endOf(came), await endOf(went), await endOf(stayed)]).toEqual(['RIGHTS_CHANGED', 'RIGHTS_CHANGED', null]);
    expect((await identity.viewer(diego)).groups).toContain(cloud);
    expect((await saveGroup(elisa, { groupId: cloud, memberIds: [], expectedVersion: version })).errors).toMatchObject([
      { extensions: { code: 'CONFLICT' } },
    ]);
    await saveGroup(elisa, { groupId: cloud, memberIds: [analyst(carla)] });
  });

  it('that takes no tickets any more is in nobody’s token', async () => {
    const session = await sessionOf(carla);
    expect((await saveGroup(elisa, { groupId: cloud, active: false })).data.saveGroup.group).toMatchObject({ active: false });
    expect(await endOf(session)).toBe('RIGHTS_CHANGED');
    expect((await identity.viewer(carla)).groups).not.toContain(cloud);
    await saveGroup(elisa, { groupId: cloud, active: true });
  });

  it('saved as it is changes nothing', async () => {
    const { version } = await identity.worker().findOneOrFail(Group, { id: cloud });
    expect((await saveGroup(elisa, { groupId: cloud, active: true, memberIds: [analyst(carla)] })).data.saveGroup.group.version).toBe(
      version,
    );
  });

  it('is the supervisors’ affair', async () => {
    for (const who of [carla, otavio, ana, rita]) {
      expect(refusalOf(await saveGroup(who, { groupId: cloud, memberIds: [analyst(otavio)] }))).toBe('FORBIDDEN');
      expect(refusalOf(await saveGroup(who, { code: 'mine', names }))).toBe('FORBIDDEN');
    }
    expect(refusalOf(await saveGroup(elisa, { groupId: demoId('grp', 'none') }))).toBe('NOT_FOUND');
  });
});

describe('the ombudsman group', () => {
  it('is changed by its members, and by nobody else', async () => {
    for (const who of [elisa, carla, ana, rita])
      expect(refusalOf(await saveGroup(who, { groupId: ombudsman, memberIds: [analyst(who)] }))).toBe('FORBIDDEN');
    const members = [analyst(otavio), analyst(diego)];
    const { data } = await saveGroup(otavio, { groupId: ombudsman, memberIds: members });
    expect(data.saveGroup).toMatchObject({ errors: [], group: { members: [{ name: 'Diego Martins' }, { name: 'Otávio Reis' }] } });
    expect((await identity.viewer(diego)).roles).toContain('OMBUDSMAN');
    await saveGroup(otavio, { groupId: ombudsman, memberIds: [analyst(otavio)] });
    expect((await identity.viewer(diego)).roles).not.toContain('OMBUDSMAN');
  });

  it('is never left empty, nor closed', async () => {
    expect(refusalOf(await saveGroup(otavio, { groupId: ombudsman, memberIds: [], active: false }))).toBe(
      'input.active FIXED_FIELD, input.memberIds REQUIRED',
    );
  });

  it('is closed in the database, too: no statement of a supervisor’s request takes anybody in or out', async () => {
    const client = new pg.Client({ connectionString: identity.database.urls.app });
    await client.connect();
    const as = async (email: string, statement: string, values: unknown[]) => {
      const { roles, groups, personId, analystId } = await identity.viewer(email);
      const settings = { kind: 'PERSON', person: personId, analyst: analystId, roles: roles.join(), groups: groups.join() };
      for (const [name, value] of Object.entries(settings)) await client.query(`select set_config('app.${name}', $1, false)`, [value]);
      return (await client.query(statement, values)).rowCount;
    };
    const setGroups = 'update analyst set group_ids = $1 where id = $2';
    try {
      await expect(as(elisa, setGroups, [[ombudsman], analyst(elisa)])).rejects.toThrow('only its members');
      await expect(as(elisa, setGroups, [[], analyst(otavio)])).rejects.toThrow('only its members');
      expect(await as(elisa, "update support_group set names = '{}' where id = $1", [ombudsman])).toBe(0);
      await expect(as(elisa, "insert into support_group values ('grp_x', 1, 'x', '{}', 'OMBUDSMAN', true)", [])).rejects.toThrow(
        'row-level',
      );
      expect(await as(otavio, setGroups, [[ombudsman, cloud], analyst(otavio)])).toBe(1);
      expect(await as(ana, setGroups, [[], analyst(carla)])).toBe(0);
    } finally {
      await client.end();
    }
  });
});
