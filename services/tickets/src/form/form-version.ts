import { sqlIsWorker } from '@atende/service';
import { defineEntity } from '@mikro-orm/postgresql';
import type { FormDraft } from './form.ts';

export type FormStatus = 'DRAFT' | 'PUBLISHED' | 'SUPERSEDED';

const HOUR = 3_600_000; // ms
const GRACE = 24 * HOUR;

/** One version of the form of a request type. What was published never changes; tickets are drawn with it for ever. */
const FormVersionSchema = defineEntity({
  name: 'FormVersion',
  tableName: 'form_version',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'published', command: 'select', using: "status <> 'DRAFT'" },
    { name: 'worker', using: sqlIsWorker },
  ],
  uniques: [{ name: 'form_version_of_type', properties: ['requestType', 'version'] }],
  properties: (p) => ({
    id: p.text().primary(),
    requestType: p.text(),
    version: p.integer(),
    status: p.text().$type<FormStatus>(),
    definition: p.json<FormDraft>(),
    publishedAt: p.datetime(3).strictNullable(),
    supersededAt: p.datetime(3).strictNullable(),
  }),
});

export class FormVersion extends FormVersionSchema.class {
  /** Whether a ticket may be opened with it now: a superseded one still for 24 h. */
  isOpen(now: Date): boolean {
    return this.status === 'PUBLISHED' || (this.supersededAt !== null && now.getTime() - this.supersededAt.getTime() < GRACE);
  }
}
FormVersionSchema.setClass(FormVersion);
