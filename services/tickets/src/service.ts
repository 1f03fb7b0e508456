import { defineService, searchResults, setting } from '@atende/service';
import { z } from 'zod';
import { CatalogueResolver } from './catalogue.resolver.ts';
import { CatalogueRow } from './catalogue-entry.ts';
import { CommentResolver } from './comment.resolver.ts';
import { Comment } from './comment.ts';
import { consumers } from './consumers.ts';
import { Deadline } from './deadline.ts';
import { deadlines } from './deadlines.ts';
import { DecisionTable } from './decision-table.ts';
import { ContactFact, GroupFact, OrganizationFact } from './facts.ts';
import { FormResolver } from './form.resolver.ts';
import { FormLibrary } from './form-library.ts';
import { optionReferences } from './form-options.queries.ts';
import { FormVersion } from './form-version.ts';
import { HistoryEntryResolver } from './history.resolver.ts';
import { LifecyclePolicy } from './lifecycle-policy.ts';
import { messages } from './messages.ts';
import { overdue } from './overdue.ts';
import { makeVerifyReceipt } from './receipt.ts';
import { seedDemo } from './seed/demo.ts';
import { seed } from './seed/seed.ts';
import { TicketResolver } from './ticket.resolver.ts';
import { Ticket } from './ticket.ts';
import { TicketEventResolver } from './ticket-event.resolver.ts';
import { TicketEventRow } from './ticket-event.ts';
import { TicketFormResolver } from './ticket-form.resolver.ts';
import { TicketMutationResolver } from './ticket-mutation.resolver.ts';
import { commentReferences, ticketEventReferences, ticketReferences } from './ticket-references.ts';
import { TicketSearchResolver } from './ticket-search.resolver.ts';
import { keepMissingWords, TicketWords } from './ticket-words.ts';
import type { TicketsDeps } from './tickets-context.ts';

const settings = {
  FILES_JWKS_URL: setting(z.url(), 'public keys of the attachments service, for receipts', 'http://127.0.0.1:4203/jwks.json'),
};

export const tickets = defineService<TicketsDeps, typeof settings>({
  name: 'tickets',
  home: new URL('../', import.meta.url),
  event: TicketEventRow,
  entities: [
    Ticket,
    Comment,
    Deadline,
    FormVersion,
    CatalogueRow,
    DecisionTable,
    LifecyclePolicy,
    OrganizationFact,
    ContactFact,
    GroupFact,
    TicketWords,
  ],
  resolvers: [
    TicketResolver,
    TicketFormResolver,
    TicketMutationResolver,
    TicketEventResolver,
    HistoryEntryResolver,
    CommentResolver,
    FormResolver,
    CatalogueResolver,
    TicketSearchResolver,
  ],
  references: {
    Ticket: ticketReferences,
    TicketEvent: ticketEventReferences,
    Comment: commentReferences,
    FieldOption: optionReferences,
    SearchResult: searchResults,
  },
  consumers,
  jobs: [deadlines, keepMissingWords(), { name: 'form-library', everyMs: 2_000, run: ({ deps }) => deps.library.refresh() }],
  backlogs: overdue,
  messages,
  settings,
  wire: ({ config, forWorker }) => ({
    library: new FormLibrary(forWorker),
    verifyReceipt: makeVerifyReceipt(new URL(config.FILES_JWKS_URL)),
  }),
  seed,
  seedDemo,
  rights: [
    // A request retires entries; nothing else about the catalogue is a request's to say.
    'revoke insert, update, delete on table catalogue_entry from tickets_app',
    'grant update (retired, replaced_by_id, version, changed_at) on table catalogue_entry to tickets_app',
    // Words are kept by triggers and read by one function.
    'revoke all on table ticket_words from tickets_app, tickets_worker',
    'revoke execute on function find_tickets(text, jsonb, int), keep_missing_words(int) from public',
    'grant execute on function find_tickets(text, jsonb, int) to tickets_app',
    'grant execute on function keep_missing_words(int) to tickets_worker',
  ],
});
