export { ARTICLE_AUDIENCES, ARTICLE_KINDS, ArticlePublished, ArticleRetired, ArticleSaved } from './article-events.ts';
export { AttachmentDeleted, AttachmentLinked, AttachmentStored } from './attachment-events.ts';
export { AuditRecorded, OUTCOMES, RECORDED_ACTS } from './audit-events.ts';
export { catalogue, type Reading, readEvent } from './catalogue.ts';
export { CriticalitySaved } from './criticality-events.ts';
export { defineEvent, EVERY_SERVICE, type EventData, type EventDefinition, type EventOf } from './define-event.ts';
export { AUDIENCES, type Audience, type Envelope, parseEnvelope } from './envelope.ts';
export {
  CatalogueImported,
  FormDiscarded,
  FormDrafted,
  FormPublished,
  FormWithdrawn,
  OFFERED_AT_ONCE,
  OptionRetired,
  OptionsChanged,
  OptionsOffered,
} from './form-events.ts';
export {
  AnalystSaved,
  ApikeyCreated,
  ApikeyRevoked,
  ContactSaved,
  ContactsImported,
  FactorChanged,
  GroupSaved,
  HelpSaved,
  MailRequested,
  OrganizationSaved,
  PersonAnonymised,
  PersonSaved,
  SessionEnded,
} from './identity-events.ts';
export { type OptionPlace, optionListId } from './option-list.ts';
export {
  CHANNELS,
  LEVELS,
  PRIORITIES,
  RESOLUTIONS,
  STAGES,
  TICKET_STATUSES,
  TicketAbout,
  TicketAccess,
  TicketAssigned,
  TicketAttachmentsChanged,
  TicketCancelled,
  TicketClassified,
  TicketClosed,
  TicketCommented,
  TicketInformationRequested,
  TicketNoteAdded,
  TicketOpened,
  TicketReminded,
  TicketReopened,
  TicketRouted,
  TicketSolutionAccepted,
  TicketSolutionProposed,
  TicketSolutionRefused,
  TicketState,
  TicketTaken,
  TicketTimerRestarted,
  TicketValidationStarted,
} from './ticket-events.ts';
