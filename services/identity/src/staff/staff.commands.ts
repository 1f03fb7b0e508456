import { BadConfiguration } from '@atende/service';
import { z } from 'zod';
import { Person } from '../account/person.ts';
import { actOf, email, list, personFor, read, type Work, wayIn, who, yesOrNo } from '../command-line.ts';
import { Contact } from '../contact/contact.ts';
import { replaceSessions } from '../session/session-end.ts';
import { Analyst, analystLevels } from './analyst.ts';
import { Group } from './group.ts';

const analystOptions = z.object({ ...who, level: z.enum(analystLevels).default('N1'), groups: list, supervisor: yesOrNo });

/** `add-analyst`: somebody of the vendor's staff, member of groups by their codes. */
export async function addAnalyst(work: Work): Promise<string> {
  const { em } = work;
  const { groups: codes, level, supervisor, ...said } = read('add-analyst', analystOptions, work.given);
  const all = await em.find(Group, {});
  const groups = all.filter(({ code }) => codes.includes(code));
  const unknown = codes.filter((code) => !groups.some((group) => group.code === code));
  if (unknown.length > 0)
    throw new BadConfiguration(`There is no group ${unknown.join(', ')}. Groups: ${all.map(({ code }) => code).join(', ')}`);
  if (groups.some(({ kind }) => kind === 'OMBUDSMAN'))
    throw new BadConfiguration('The ombudsman group is closed: first-ombudsman makes its first member, its members take others in.');
  const listed = await personFor(work, said);
  if (await em.findOne(Analyst, { personId: listed.person.id })) throw new BadConfiguration(`${said.email} is an analyst already.`);
  refuseAuditor(said.email, listed.person.auditor);
  const act = actOf(work);
  const groupIds = groups.map((group) => group.id);
  em.persist(Analyst.employ(act, { personId: listed.person.id, name: said.name, level, groupIds, supervisor: supervisor === 'yes' }));
  return `${said.email} works in ${codes.join(', ') || 'no group yet'}. ${wayIn(work, act, listed)}`;
}

/** `first-ombudsman`: the first member of the ombudsman group, or the next when nobody is left in it. */
export async function firstOmbudsman(work: Work): Promise<string> {
  const { em } = work;
  const said = read('first-ombudsman', z.object(who), work.given);
  const group = await em.findOneOrFail(Group, { kind: 'OMBUDSMAN' });
  if ((await em.count(Analyst, { groupIds: { $contains: [group.id] }, active: true })) > 0)
    throw new BadConfiguration('The ombudsman group has members: they take others in, and nobody else does.');
  const listed = await personFor(work, said);
  refuseAuditor(said.email, listed.person.auditor);
  const act = actOf(work);
  const personId = listed.person.id;
  const known = await em.findOne(Analyst, { personId });
  if (known && !known.active) throw new BadConfiguration(`${said.email} does not work here any more.`);
  known?.join(act, group.id);
  if (!known) em.persist(Analyst.employ(act, { personId, name: said.name, level: 'N2', groupIds: [group.id] }));
  await replaceSessions(em, act, personId, 'RIGHTS_CHANGED');
  return `${said.email} is the ombudsman group's first member. ${wayIn(work, act, listed)}`;
}

/** `add-auditor`: reads the audit log and nothing else; whoever works here or for a client is nobody to audit them. */
export async function addAuditor(work: Work): Promise<string> {
  const { em } = work;
  const said = read('add-auditor', z.object(who), work.given);
  const listed = await personFor(work, said);
  const { person } = listed;
  if ((await em.count(Analyst, { personId: person.id, active: true })) > 0) throw new BadConfiguration(`${said.email} is an analyst.`);
  if ((await em.count(Contact, { personId: person.id, active: true })) > 0)
    throw new BadConfiguration(`${said.email} is a contact of an organization.`);
  const act = actOf(work);
  person.change(act, { auditor: true });
  return `${said.email} reads the audit log. ${wayIn(work, act, listed)}`;
}

/** `remove-auditor`: reads the audit log no more. In the portal nobody takes auditors away: they read of supervisors too. */
export async function removeAuditor(work: Work): Promise<string> {
  const { em } = work;
  const { email: login } = read('remove-auditor', z.object({ email }), work.given);
  const person = await em.findOne(Person, { email: login, auditor: true });
  if (!person) throw new BadConfiguration(`${login} is no auditor.`);
  const act = actOf(work);
  person.change(act, { auditor: false });
  await replaceSessions(em, act, person.id, 'RIGHTS_CHANGED');
  return `${login} reads the audit log no more.`;
}

function refuseAuditor(login: string, auditor: boolean): void {
  if (auditor) throw new BadConfiguration(`${login} is an auditor, who reads the audit log and nothing else.`);
}
