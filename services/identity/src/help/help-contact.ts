import { HelpSaved } from '@atende/events';
import { demoId, newId, sqlIsWorker, type Texts } from '@atende/service';
import { defineEntity, type EntityManager } from '@mikro-orm/postgresql';
import type { Act } from '../act.ts';
import { sqlIsSupervisor } from '../rights.ts';

export const helpPurposes = ['PORTAL_USE', 'ACCESS_AND_REGISTRATION'] as const;
export type HelpPurpose = (typeof helpPurposes)[number];

/** Whom to call when the portal itself is the problem: a setting, shown before sign-in. */
const HelpContactSchema = defineEntity({
  name: 'HelpContact',
  tableName: 'help_contact',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'shown', command: 'select', using: 'true' },
    { name: 'set', command: 'insert', check: sqlIsSupervisor },
    { name: 'unset', command: 'delete', using: sqlIsSupervisor },
    { name: 'worker', using: sqlIsWorker },
  ],
  properties: (p) => ({
    id: p.text().primary(),
    /** Of the list as a whole: every row of it has the same. */
    version: p.integer().default(0),
    position: p.integer(),
    phone: p.text(),
    /** What to press after the call is taken. */
    option: p.text().strictNullable(),
    purpose: p.text().$type<HelpPurpose>(),
    descriptions: p.json<Texts>(),
    hours: p.json<Texts>(),
  }),
});
export class HelpContact extends HelpContactSchema.class {}
HelpContactSchema.setClass(HelpContact);

export type HelpDraft = Pick<HelpContact, 'phone' | 'option' | 'purpose' | 'descriptions' | 'hours'>;

/** What the events of the list are about: there is one. */
const LIST = demoId('hlp', 'list');

/** Puts another list in the place of the one of this version, in the unit of work `em`. */
export async function replaceHelpContacts(em: EntityManager, act: Act, drafts: HelpDraft[], before: number): Promise<void> {
  const version = before + 1;
  await em.nativeDelete(HelpContact, {});
  for (const [position, draft] of drafts.entries()) {
    em.persist(Object.assign(new HelpContact(), { ...draft, id: newId('hlp'), version, position }));
  }
  act.record(HelpSaved, { aggregate: LIST, version, data: { contacts: drafts.length } });
}
