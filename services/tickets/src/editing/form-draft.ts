import { FormDiscarded, FormDrafted } from '@atende/events';
import { recordEvent, sqlHasRole, sqlIsWorker } from '@atende/service';
import { defineEntity, type EntityManager } from '@mikro-orm/postgresql';
import { type FormAct, formEvent } from '../form/form-version.ts';

/**
 * The next version of a form while supervisors write it: one for a request type, and nobody else's to see. It is kept as it was
 * typed, whatever is wrong with it; its id becomes the version's.
 */
const FormDraftSchema = defineEntity({
  name: 'FormDraftRow',
  tableName: 'form_draft',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'supervisors', using: sqlHasRole('SUPERVISOR'), check: sqlHasRole('SUPERVISOR') },
    { name: 'worker', using: sqlIsWorker },
  ],
  properties: (p) => ({
    id: p.text().primary(),
    requestType: p.text().unique(),
    /** The number that it will be published with. */
    version: p.integer(),
    /** JSON, if it is right. */
    definition: p.text(),
    revision: p.integer(),
    savedAt: p.datetime(3),
    /** The analyst who saved it last. */
    savedById: p.text().strictNullable(),
  }),
});

export class FormDraftRow extends FormDraftSchema.class {
  /** Keeps what was typed now. */
  save(em: EntityManager, definition: string, act: FormAct): void {
    this.definition = definition;
    this.revision += 1;
    this.savedAt = act.now;
    this.savedById = act.actor;
    recordEvent(em, FormDrafted, { ...formEvent(this.id, this.revision, act), data: namesOf(this) });
  }

  discard(em: EntityManager, act: FormAct): void {
    recordEvent(em, FormDiscarded, { ...formEvent(this.id, this.revision + 1, act), data: namesOf(this) });
    em.remove(this);
  }
}
FormDraftSchema.setClass(FormDraftRow);

const namesOf = ({ requestType, version }: FormDraftRow) => ({ requestType, formVersion: version });
