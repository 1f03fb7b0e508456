import { canonicalJson, isId, sqlIsSelf, sqlIsWorker } from '@atende/service';
import { defineEntity } from '@mikro-orm/postgresql';
import type { Answer } from '../form/form-catalogue.ts';
import type { TicketPriority } from '../lifecycle/ticket-status.ts';
import type { OpeningInput } from '../opening/opening-context.ts';

/** What somebody has typed, as typed: nothing of it was judged. */
export interface DraftContent {
  /** The version that it was typed into. */
  formId: string;
  answers: Answer[];
  context: OpeningInput;
  requestedPriority: TicketPriority | null;
}

/** A form that is not sent yet. One person's alone, without history and events (docs/decisions/0089): whoever erases the row has erased it. */
const TicketDraftSchema = defineEntity({
  name: 'TicketDraft',
  tableName: 'ticket_draft',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'own', using: sqlIsSelf('"person_id"') },
    { name: 'worker', using: sqlIsWorker },
  ],
  // None by age: a draft that is saved every second would write it every second.
  indexes: [{ name: 'ticket_draft_of_person', properties: ['personId'] }],
  properties: (p) => ({
    id: p.text().primary(),
    personId: p.text(),
    /** Counts what was saved; 0: a template, which nobody saved. */
    version: p.integer(),
    requestType: p.text(),
    /** `json`, not `jsonb`: it keeps every character that was typed. */
    content: p.json<DraftContent>().columnType('json'),
    /** In whose name staff opens: with that person it goes. */
    contactId: p.text().strictNullable(),
    createdAt: p.datetime(3),
    savedAt: p.datetime(3),
  }),
});

export class TicketDraft extends TicketDraftSchema.class {
  save(content: DraftContent, now: Date): void {
    this.version += 1;
    this.content = content;
    this.contactId = clientOf(content);
    this.savedAt = now;
  }

  /** Whether it holds this already: a repeat of what was saved changes nothing. */
  holds(content: DraftContent): boolean {
    return canonicalJson(this.content) === canonicalJson(content);
  }
}
TicketDraftSchema.setClass(TicketDraft);

export const clientOf = ({ context: { onBehalfOf } }: DraftContent): string | null =>
  isId('con', onBehalfOf?.contactId) ? (onBehalfOf?.contactId ?? null) : null;

/** The parts in one order, absent ones as null: what says the same is the same. */
export const wholeContext = ({
  organizationId = null,
  onBehalfOf = null,
  channel = null,
  watchers,
  attachmentIds,
}: OpeningInput): OpeningInput => ({
  organizationId,
  onBehalfOf: onBehalfOf && { organizationId: onBehalfOf.organizationId, contactId: onBehalfOf.contactId },
  channel,
  watchers: watchers ?? [],
  attachmentIds: attachmentIds ?? [],
});
