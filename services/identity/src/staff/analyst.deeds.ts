import { conflict, ErrorCode, type Fault, isId, newId, notFound, once, Refused, RequestError } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { personOf } from '../account/directory.ts';
import { showIn } from '../account/way-in.ts';
import { actIn } from '../act.ts';
import { contactFaults } from '../contact/contact-input.ts';
import { given } from '../given.ts';
import { causeOf, type IdentityContext } from '../identity-context.ts';
import { replaceSessions } from '../session/session-end.ts';
import { asLogin } from '../text.ts';
import { Analyst, type AnalystChanges } from './analyst.ts';
import { setsAvailability } from './staff.policy.ts';
import { otherSupervisors } from './staff.queries.ts';
import type { SaveAnalystInput, SetAvailabilityInput } from './staff-input.graphql.ts';

const MOST_MODULES = 100;

/** Employs an analyst, once per clientKey, or changes one. */
export function saveAnalyst(ctx: IdentityContext, input: SaveAnalystInput): Promise<string> {
  const faults = analystFaults(input);
  if (faults.length > 0) throw new Refused(...faults);
  const { analystId, expectedVersion } = input;
  if (typeof analystId !== 'string') return employ(ctx, input);
  return changeAnalyst(ctx, { analystId, expectedVersion }, said(input));
}

/** Says whether an analyst takes new tickets. */
export function setAvailability(ctx: IdentityContext, { analystId, available, expectedVersion }: SetAvailabilityInput): Promise<string> {
  return changeAnalyst(ctx, { analystId: analystId ?? ctx.viewer.analystId ?? '', expectedVersion }, { available });
}

function employ(ctx: IdentityContext, input: SaveAnalystInput): Promise<string> {
  const { viewer, deps, now } = ctx;
  const { clientKey, ...rest } = input;
  const draft = { email: asLogin(input.email ?? ''), name: (input.name ?? '').trim(), language: viewer.language };
  const call = { em: ctx.em, viewer, now, mutation: 'saveAnalyst', clientKey: clientKey ?? '', input: rest };
  return once({ ...call, id: newId('ana') }, async (em, id) => {
    const { person, activated } = await personOf(deps.forWorker(), now, draft);
    if (person.auditor || (await em.count(Analyst, { personId: person.id })) > 0)
      throw new Refused({ code: ErrorCode.EMAIL_TAKEN, field: ['input', 'email'] });
    const act = actIn(em, causeOf(ctx));
    const { level = 'N1', moduleIds, supervisor } = said(input);
    em.persist(Analyst.employ(act, { id, personId: person.id, name: draft.name, level, moduleIds, supervisor }));
    showIn(em, act, { person, activated, name: draft.name, organization: null, portalUrl: deps.portalUrl });
  });
}

interface Asked {
  analystId: string;
  expectedVersion?: number | null;
}

function changeAnalyst(ctx: IdentityContext, { analystId, expectedVersion }: Asked, changes: AnalystChanges): Promise<string> {
  return ctx.em.transactional(async (em: EntityManager) => {
    const analyst = isId('ana', analystId) ? await em.findOne(Analyst, { id: analystId }) : null;
    if (!analyst) throw notFound();
    if (!setsAvailability.allows(ctx.viewer, analyst))
      throw new RequestError(ErrorCode.FORBIDDEN, 'Only a supervisor may do this for somebody else.');
    if (typeof expectedVersion === 'number' && expectedVersion !== analyst.version)
      throw conflict('Someone else changed this analyst meanwhile.');
    const act = actIn(em, causeOf(ctx));
    const isOtherNow = analyst.change(act, changes, await otherSupervisors(em, analyst));
    if (isOtherNow) await replaceSessions(em, act, analyst.personId as string, analyst.active ? 'RIGHTS_CHANGED' : 'DEACTIVATED');
    return analyst.id;
  });
}

/** Everything that is wrong with what was typed, at once. */
function analystFaults({ analystId, email, name, level, moduleIds, supervisor, active }: SaveAnalystInput): Fault[] {
  const isNew = typeof analystId !== 'string';
  const typed = { ...(isNew && { email: email ?? '' }), ...((isNew || name !== undefined) && { name: name ?? '' }) };
  const nulls = Object.entries({ level, moduleIds, supervisor, active }).filter(([, value]) => value === null);
  return [
    ...contactFaults(typed),
    ...(isNew || !email ? [] : [{ code: ErrorCode.FIXED_FIELD, field: ['input', 'email'] }]),
    ...(isNew && active === false ? [{ code: ErrorCode.BAD_USER_INPUT, field: ['input', 'active'] }] : []),
    ...nulls.map(([field]) => ({ code: ErrorCode.REQUIRED, field: ['input', field] })),
    ...(moduleIds && moduleIds.length > MOST_MODULES
      ? [{ code: ErrorCode.TOO_MANY, field: ['input', 'moduleIds'], params: { max: MOST_MODULES } }]
      : []),
    ...(moduleIds?.every((id) => isId('opt', id)) === false ? [{ code: ErrorCode.NOT_FOUND, field: ['input', 'moduleIds'] }] : []),
  ];
}

const said = ({ name, level, moduleIds, supervisor, active }: SaveAnalystInput) =>
  given({ name: name?.trim(), level, moduleIds: moduleIds && [...new Set(moduleIds)], supervisor, active });
