import { FormPublished, FormWithdrawn } from '@atende/events';
import { recordEvent, sqlHasRole, sqlIsWorker } from '@atende/service';
import { defineEntity, type EntityManager } from '@mikro-orm/postgresql';
import { optionFieldsOf } from '../catalogue/catalogue-places.ts';
import type { Moment } from '../ticket/ticket-acting.ts';
import type { Form, FormDraft } from './form.ts';

export const formStatuses = ['DRAFT', 'PUBLISHED', 'SUPERSEDED'] as const;
export type FormStatus = (typeof formStatuses)[number];

const HOUR = 3_600_000; // ms
const GRACE = 24 * HOUR;

/** Who changes a form, and when. */
export interface FormAct extends Moment {
  actor: string | null;
}

export const formEvent = (aggregate: string, version: number, { actor, now, requestId, traceparent }: FormAct) =>
  ({ aggregate, version, actor, at: now, requestId, traceparent, audience: 'SYSTEM' }) as const;

/** One version of the form of a request type that was published once. It never changes; tickets are drawn with it for ever. */
const FormVersionSchema = defineEntity({
  name: 'FormVersion',
  tableName: 'form_version',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'published', command: 'select', using: "status <> 'DRAFT'" },
    { name: 'added', command: 'insert', check: sqlHasRole('SUPERVISOR') },
    { name: 'superseded', command: 'update', using: sqlHasRole('SUPERVISOR') },
    { name: 'worker', using: sqlIsWorker },
  ],
  uniques: [{ name: 'form_version_of_type', properties: ['requestType', 'version'] }],
  indexes: [
    {
      name: 'form_version_published',
      expression: `create unique index "form_version_published" on "form_version" ("request_type") where "status" = 'PUBLISHED'`,
    },
  ],
  properties: (p) => ({
    id: p.text().primary(),
    requestType: p.text(),
    version: p.integer(),
    status: p.text().$type<FormStatus>(),
    definition: p.json<FormDraft>(),
    publishedAt: p.datetime(3).strictNullable(),
    /** The analyst who published it; null: the system. */
    publishedById: p.text().strictNullable(),
    supersededAt: p.datetime(3).strictNullable(),
    /** Counts its changes and so its events, from its first draft on. */
    revision: p.integer().default(1),
  }),
});

export class FormVersion extends FormVersionSchema.class {
  /** Whether a ticket may be opened with it now: a superseded one still for 24 h. */
  isOpen(now: Date): boolean {
    return this.status === 'PUBLISHED' || (this.supersededAt !== null && now.getTime() - this.supersededAt.getTime() < GRACE);
  }

  supersede(now: Date): void {
    this.status = 'SUPERSEDED';
    this.supersededAt = now;
  }

  /** Takes the request type out of the menu: superseded, by nothing. */
  withdraw(em: EntityManager, act: FormAct): void {
    this.supersede(act.now);
    this.revision += 1;
    const { requestType, version: formVersion } = this;
    recordEvent(em, FormWithdrawn, { ...formEvent(this.id, this.revision, act), data: { requestType, formVersion } });
  }
}
FormVersionSchema.setClass(FormVersion);

/** What is filled in: a version, or a draft that is tried out. */
export type OpenableForm = Pick<FormVersion, 'id' | 'requestType' | 'version' | 'status' | 'definition' | 'isOpen'>;

/** Tells other services that a version may be opened from now on. `ids` are those of the catalogue, by path. */
export function tellPublished(
  em: EntityManager,
  { id, requestType, version, revision }: FormVersion,
  form: Form,
  ids: ReadonlyMap<string, string>,
  act: FormAct,
): void {
  recordEvent(em, FormPublished, {
    ...formEvent(id, revision, act),
    data: { requestType, formVersion: version, attachmentPolicy: form.attachmentPolicy, optionFields: optionFieldsOf(form, ids) },
  });
}
