import { defineService, searchResults, setting, TextsResolver } from '@atende/service';
import { z } from 'zod';
import { CatalogueEntryResolver, CatalogueResolver } from './catalogue/catalogue.resolver.ts';
import { CatalogueRow } from './catalogue/catalogue-entry.ts';
import { CatalogueFileResolver, CatalogueImportLineResolver } from './catalogue-file/catalogue-file.resolver.ts';
import { CatalogueImport, forgetImports } from './catalogue-file/catalogue-import.ts';
import { CataloguePart } from './catalogue-file/catalogue-part.ts';
import { ClassificationResolver } from './classification/classification.resolver.ts';
import { FormerForm } from './classification/former-form.ts';
import { consumers } from './consumers.ts';
import { DecisionRowResolver, DecisionTableResolver } from './criticality/decision-table.resolver.ts';
import { DecisionTable } from './criticality/decision-table.ts';
import { DecisionTrialResolver } from './criticality/decision-trial.resolver.ts';
import { deadlines } from './deadlines.ts';
import { draftReferences } from './draft/draft.queries.ts';
import { DraftResolver } from './draft/draft.resolver.ts';
import { DraftFieldResolver } from './draft/draft-field.resolver.ts';
import { forgetDrafts } from './draft/draft-forgetting.ts';
import { TicketDraft } from './draft/ticket-draft.ts';
import { FormDraftRow } from './editing/form-draft.ts';
import { FormEditingResolver } from './editing/form-editing.resolver.ts';
import { ContactFact, GroupFact, OrganizationFact } from './facts.ts';
import { FormResolver } from './form/form.resolver.ts';
import { FormLibrary } from './form/form-library.ts';
import { optionReferences } from './form/form-options.queries.ts';
import { FormVersion } from './form/form-version.ts';
import { HistoryEntryResolver } from './history/history.resolver.ts';
import { TicketEventResolver } from './history/ticket-event.resolver.ts';
import { TicketEventRow } from './history/ticket-event.ts';
import { Deadline } from './lifecycle/deadline.ts';
import { LifecyclePolicy } from './lifecycle/lifecycle-policy.ts';
import { overdue } from './lifecycle/overdue.ts';
import { messages } from './messages.ts';
import { makeVerifyReceipt } from './opening/receipt.ts';
import { seedDemo } from './seed/demo.ts';
import { seed } from './seed/seed.ts';
import { CommentResolver } from './ticket/comment.resolver.ts';
import { Comment } from './ticket/comment.ts';
import { SimilarTicketsResolver } from './ticket/similar-tickets.resolver.ts';
import { TicketResolver } from './ticket/ticket.resolver.ts';
import { Ticket } from './ticket/ticket.ts';
import { TicketFormResolver } from './ticket/ticket-form.resolver.ts';
import { TicketMutationResolver } from './ticket/ticket-mutation.resolver.ts';
import { commentReferences, ticketEventReferences, ticketReferences } from './ticket/ticket-references.ts';
import { TicketSearchResolver } from './ticket/ticket-search.resolver.ts';
import { keepMissingWords, TicketWords } from './ticket/ticket-words.ts';
import type { TicketsDeps } from './tickets-context.ts';

const settings = {
  FILES_JWKS_URL: setting(z.url(), 'public keys of the attachments service, for receipts', 'http://127.0.0.1:4203/jwks.json'),
  DRAFT_RETENTION_DAYS: setting(
    z.coerce.number().int().min(1).max(3650).default(30),
    'days that a draft is kept after it was last saved',
    '90',
  ),
};

export const tickets = defineService<TicketsDeps, typeof settings>({
  name: 'tickets',
  home: new URL('../', import.meta.url),
  event: TicketEventRow,
  entities: [
    Ticket,
    Comment,
    FormerForm,
    Deadline,
    FormVersion,
    FormDraftRow,
    CatalogueRow,
    CatalogueImport,
    CataloguePart,
    DecisionTable,
    LifecyclePolicy,
    OrganizationFact,
    ContactFact,
    GroupFact,
    TicketWords,
    TicketDraft,
  ],
  resolvers: [
    TicketResolver,
    TicketFormResolver,
    TicketMutationResolver,
    TicketEventResolver,
    HistoryEntryResolver,
    ClassificationResolver,
    CommentResolver,
    FormResolver,
    FormEditingResolver,
    CatalogueResolver,
    DecisionTableResolver,
    DecisionRowResolver,
    DecisionTrialResolver,
    CatalogueEntryResolver,
    CatalogueFileResolver,
    CatalogueImportLineResolver,
    TextsResolver,
    TicketSearchResolver,
    SimilarTicketsResolver,
    DraftResolver,
    DraftFieldResolver,
  ],
  references: {
    Ticket: ticketReferences,
    TicketEvent: ticketEventReferences,
    Comment: commentReferences,
    FieldOption: optionReferences,
    TicketDraft: draftReferences,
    SearchResult: searchResults,
  },
  consumers,
  jobs: [
    deadlines,
    keepMissingWords(),
    forgetDrafts,
    { name: 'form-library', everyMs: 2_000, run: ({ deps }) => deps.library.refresh() },
    { name: 'forget catalogue files', everyMs: 600_000, run: ({ em, clock }) => forgetImports(em, clock.now()) },
  ],
  backlogs: overdue,
  messages,
  settings,
  wire: ({ config, forWorker }) => ({
    library: new FormLibrary(forWorker),
    verifyReceipt: makeVerifyReceipt(new URL(config.FILES_JWKS_URL)),
    draftRetention: config.DRAFT_RETENTION_DAYS * 86_400_000,
  }),
  seed,
  seedDemo,
  rights: [
    // Where an entry stands and what it is never changes, and none is ever deleted.
    'revoke update, delete on table catalogue_entry from tickets_app',
    'grant update (labels, help, aliases, service_group, kind, retired, replaced_by_id, version, position, changed_at, revision) on table catalogue_entry to tickets_app',
    // Editions are added; what a ticket names never changes.
    'revoke update, delete on table decision_table from tickets_app, tickets_worker',
    // What was published never changes, but for its end.
    'revoke update, delete on table form_version from tickets_app',
    'grant update (status, superseded_at, revision) on table form_version to tickets_app',
    // Words are kept by triggers and read by one function.
    'revoke all on table ticket_words from tickets_app, tickets_worker',
    'revoke execute on function find_tickets(text, jsonb, int), keep_missing_words(int), similar_tickets(text, text, text, text, text[]) from public',
    'grant execute on function find_tickets(text, jsonb, int) to tickets_app',
    'grant execute on function similar_tickets(text, text, text, text, text[]) to tickets_app',
    'grant execute on function keep_missing_words(int) to tickets_worker',
  ],
});
