import { sqlIsWorker, type Texts } from '@atende/service';
import { defineEntity } from '@mikro-orm/postgresql';

export const helpPurposes = ['PORTAL_USE', 'ACCESS_AND_REGISTRATION'] as const;
export type HelpPurpose = (typeof helpPurposes)[number];

/** Whom to call when the portal itself is the problem: a setting, shown before sign-in. */
const HelpContactSchema = defineEntity({
  name: 'HelpContact',
  tableName: 'help_contact',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'shown', command: 'select', using: 'true' },
    { name: 'worker', using: sqlIsWorker },
  ],
  properties: (p) => ({
    id: p.text().primary(),
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
