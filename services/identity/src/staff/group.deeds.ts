import {
  conflict,
  ErrorCode,
  type Fault,
  isId,
  newId,
  notFound,
  once,
  Refused,
  RequestError,
  textsFaults,
  textsFrom,
} from '@atende/service';
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { type Act, actIn } from '../act.ts';
import { causeOf, type IdentityContext } from '../identity-context.ts';
import { isSupervisor } from '../rights.ts';
import { replaceSessions } from '../session/session-end.ts';
import { Analyst } from './analyst.ts';
import { Group } from './group.ts';
import { keepsGroup } from './staff.policy.ts';
import type { SaveGroupInput } from './staff-input.graphql.ts';

const MOST_MEMBERS = 500;
const CODE = /^[a-z0-9][a-z0-9-]{1,40}$/;
const mayNot = (): RequestError => new RequestError(ErrorCode.FORBIDDEN, 'Only who keeps this group may do this.');

/** Founds a group, once per clientKey, or changes one. Sessions of whoever joins or leaves are made anew. */
export function saveGroup(ctx: IdentityContext, input: SaveGroupInput): Promise<string> {
  return typeof input.groupId === 'string' ? changeGroup(ctx, input, input.groupId) : foundGroup(ctx, input);
}

function foundGroup(ctx: IdentityContext, input: SaveGroupInput): Promise<string> {
  if (!isSupervisor(ctx.viewer)) throw mayNot();
  const { clientKey, ...said } = input;
  const { code, names, kind, active, memberIds } = input;
  const isCode = typeof code === 'string' && CODE.test(code);
  const faults: Fault[] = [
    ...(isCode ? [] : [{ code: code ? ErrorCode.BAD_USER_INPUT : ErrorCode.REQUIRED, field: ['input', 'code'] }]),
    ...(kind === 'OMBUDSMAN' ? [{ code: ErrorCode.BAD_USER_INPUT, field: ['input', 'kind'] }] : []),
    ...(names ? textsFaults(names, ['input', 'names']) : [{ code: ErrorCode.REQUIRED, field: ['input', 'names'] }]),
  ];
  if (!isCode || !names || faults.length > 0) throw new Refused(...faults);
  const call = { em: ctx.em, viewer: ctx.viewer, now: ctx.now, mutation: 'saveGroup', clientKey: clientKey ?? '', input: said };
  return once({ ...call, id: newId('grp') }, async (em, id) => {
    if ((await em.count(Group, { code })) > 0) throw new Refused({ code: ErrorCode.CODE_TAKEN, field: ['input', 'code'] });
    const act = actIn(em, causeOf(ctx));
    const group = Group.found(act, { id, code, names: textsFrom(names), kind: kind ?? 'SUPPORT' });
    em.persist(group);
    await setMembers(em, act, group, memberIds ?? []);
    if (active === false) group.change(act, { active }, false);
  });
}

function changeGroup(ctx: IdentityContext, input: SaveGroupInput, groupId: string): Promise<string> {
  const { names, active, memberIds, expectedVersion } = input;
  return ctx.em.transactional(async (em) => {
    const group = isId('grp', groupId) ? await em.findOne(Group, { id: groupId }) : null;
    if (!group) throw notFound();
    if (!keepsGroup.allows(ctx.viewer, group)) throw mayNot();
    if (typeof expectedVersion === 'number' && expectedVersion !== group.version)
      throw conflict('Someone else changed this group meanwhile.');
    const faults = changeFaults(group, input);
    if (faults.length > 0) throw new Refused(...faults);
    const act = actIn(em, causeOf(ctx));
    const areMembersOther = memberIds ? await setMembers(em, act, group, memberIds) : false;
    const changes = { ...(names && { names: textsFrom(names) }), ...(typeof active === 'boolean' && { active }) };
    if (group.change(act, changes, areMembersOther)) await replaceSessions(em, act, await personsIn(em, group.id), 'RIGHTS_CHANGED');
    return group.id;
  });
}

function changeFaults(group: Group, { code, kind, names, memberIds, active }: SaveGroupInput): Fault[] {
  const isOmbudsman = group.kind === 'OMBUDSMAN';
  const fixed = [
    ...(code && code !== group.code ? ['code'] : []),
    ...(kind && kind !== group.kind ? ['kind'] : []),
    ...(isOmbudsman && active === false ? ['active'] : []),
  ];
  return [
    ...fixed.map((name) => ({ code: ErrorCode.FIXED_FIELD, field: ['input', name] })),
    ...(names ? textsFaults(names, ['input', 'names']) : []),
    // Somebody must be there to hear, and to take others in.
    ...(isOmbudsman && memberIds?.length === 0 ? [{ code: ErrorCode.REQUIRED, field: ['input', 'memberIds'] }] : []),
  ];
}

/** Makes these the members, exactly. True when that is news. */
async function setMembers(em: EntityManager, act: Act, group: Group, memberIds: string[]): Promise<boolean> {
  const field = ['input', 'memberIds'];
  const wanted = new Set(memberIds);
  if (wanted.size > MOST_MEMBERS) throw new Refused({ code: ErrorCode.TOO_MANY, field, params: { max: MOST_MEMBERS } });
  const ids = [...wanted].filter((id) => isId('ana', id));
  const concerned = await em.find(
    Analyst,
    { $or: [{ id: { $in: ids } }, { groupIds: { $contains: [group.id] } }] },
    { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } },
  );
  const isIn = (analyst: Analyst): boolean => analyst.groupIds.includes(group.id);
  // Who left the vendor may stay where they are, but is not taken in.
  const known = new Set(concerned.filter((analyst) => analyst.active || isIn(analyst)).map(({ id }) => id));
  if ([...wanted].some((id) => !known.has(id))) throw new Refused({ code: ErrorCode.NOT_FOUND, field });
  const other = concerned.filter((analyst) => wanted.has(analyst.id) !== isIn(analyst));
  for (const analyst of other) wanted.has(analyst.id) ? analyst.join(act, group.id) : analyst.leave(act, group.id);
  await em.flush();
  await replaceSessions(
    em,
    act,
    other.map(({ personId }) => personId as string),
    'RIGHTS_CHANGED',
  );
  return other.length > 0;
}

const personsIn = async (em: EntityManager, groupId: string): Promise<string[]> =>
  (await em.find(Analyst, { groupIds: { $contains: [groupId] } })).map(({ personId }) => personId as string);
