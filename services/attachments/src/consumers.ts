import {
  type EventDefinition,
  FormPublished,
  SessionEnded,
  TicketCommented,
  TicketInformationRequested,
  TicketNoteAdded,
  TicketOpened,
  TicketReopened,
  TicketSolutionProposed,
  TicketSolutionRefused,
} from '@atende/events';
import { type Consumer, on, ticketAccessConsumer } from '@atende/service';
import { keepEndedSession } from './ended-session.ts';
import { keepFormRule, keepTicketForm } from './form-rule.ts';
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
  on(TicketOpened, async (event, { em, now, log }) => {
    await keepTicketForm(em, event);
    await linkFiles(em, event, { ids: event.data.attachmentIds, commentId: null }, now, log);
  }),
  ...MESSAGES.map((message) =>
    on<EventDefinition<string, (typeof MESSAGES)[number]['data']>>(message, (event, { em, now, log }) =>
      linkFiles(em, event, { ids: event.data.attachmentIds, commentId: event.data.commentId }, now, log),
    ),
  ),
];
