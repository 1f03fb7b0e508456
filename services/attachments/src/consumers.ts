import {
  type EventDefinition,
  FormPublished,
  SessionEnded,
  TicketClassified,
  TicketCommented,
  TicketInformationRequested,
  TicketNoteAdded,
  TicketOpened,
  TicketReopened,
  TicketSolutionProposed,
  TicketSolutionRefused,
} from '@atende/events';
import { type Consumer, on, onAll, ticketAccessConsumer } from '@atende/service';
import { keepEndedSession } from './ended-session.ts';
import { keepFormRule, keepTicketForms, TicketForm } from './form-rule.ts';
import { linkFiles } from './linking.ts';

// Every message is the event of what it changed, so files come with any of these.
const MESSAGES = [
  TicketCommented,
  TicketNoteAdded,
  TicketInformationRequested,
  TicketSolutionProposed,
  TicketSolutionRefused,
  TicketReopened,
];

export const consumers: Consumer[] = [
  ticketAccessConsumer,
  on(FormPublished, (event, { em }) => keepFormRule(em, event)),
  on(SessionEnded, (event, { em, now }) => keepEndedSession(em, event, now)),
  onAll(TicketOpened, (events, { em }) => keepTicketForms(em, events)),
  on(TicketOpened, (event, context) => linkFiles(event, { ids: event.data.attachmentIds, commentId: null }, context)),
  // Files that came stay, whatever the form says that it is filed under now.
  on(TicketClassified, async ({ aggregate: ticketId, data: { after } }, { em }) => {
    if (after.formId) await em.upsert(TicketForm, { ticketId, formId: after.formId });
  }),
  ...MESSAGES.map((message) =>
    on<EventDefinition<string, (typeof MESSAGES)[number]['data']>>(message, (event, context) =>
      linkFiles(event, { ids: event.data.attachmentIds, commentId: event.data.commentId }, context),
    ),
  ),
];
