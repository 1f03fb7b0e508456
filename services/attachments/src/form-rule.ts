import type { EventOf, FormPublished, TicketOpened } from '@atende/events';
import { sqlIsWorker } from '@atende/service';
import { defineEntity, type EntityManager } from '@mikro-orm/postgresql';

/** What a form version says about its files, kept from `form.published`. */
const FormRuleSchema = defineEntity({
  name: 'FormRule',
  tableName: 'form_rule',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'read', command: 'select', using: "(select current_setting('app.kind', true) in ('PERSON', 'CLASS'))" },
    { name: 'worker', using: sqlIsWorker },
  ],
  properties: (p) => ({
    formId: p.text().primary(),
    extensions: p.array<string>().columnType('text[]').strictNullable(),
    archivesOnly: p.boolean(),
    maxFiles: p.integer(),
    maxBytes: p.bigint('number'),
  }),
});
export class FormRule extends FormRuleSchema.class {}
FormRuleSchema.setClass(FormRule);

/** Which form a ticket has: its rule binds later uploads too. */
const TicketFormSchema = defineEntity({
  name: 'TicketForm',
  tableName: 'ticket_form',
  rowLevelSecurity: 'force',
  policies: [
    {
      name: 'seen',
      command: 'select',
      using: 'exists (select 1 from "ticket_access" as "a" where "a"."ticket_id" = "ticket_form"."ticket_id")',
    },
    { name: 'worker', using: sqlIsWorker },
  ],
  properties: (p) => ({ ticketId: p.text().primary(), formId: p.text() }),
});
export class TicketForm extends TicketFormSchema.class {}
TicketFormSchema.setClass(TicketForm);

export async function keepFormRule(em: EntityManager, { aggregate, data }: EventOf<typeof FormPublished>): Promise<void> {
  const { extensions, archivesOnly, maxFiles, maxBytes } = data.attachmentPolicy;
  await em.upsert(FormRule, { formId: aggregate, extensions, archivesOnly, maxFiles, maxBytes });
}

/** A ticket that was classified since has another form: what it was opened with comes too late. */
export async function keepTicketForms(em: EntityManager, opened: readonly EventOf<typeof TicketOpened>[]): Promise<void> {
  await em.upsertMany(
    TicketForm,
    opened.map(({ aggregate, data }) => ({ ticketId: aggregate, formId: data.formId })),
    { onConflictAction: 'ignore' },
  );
}
