// The one door of the package: how a service lives.
import 'reflect-metadata';

export { isApiKey, newApiKey } from './api-key.ts';
export { type AuditedAct, type Doing, recordAct } from './audit.ts';
export type { Trail } from './audit-trail.ts';
export { type Clock, systemClock } from './clock.ts';
export {
  BadConfiguration,
  loadConfig,
  parseConfig,
  processSettings,
  type ServiceConfig,
  type Setting,
  type Settings,
  serviceSettings,
  setting,
  type Values,
} from './config.ts';
export { type Consumer, type ConsumerContext, on, onAll } from './consumer.ts';
export type { Context, ReferenceLoader } from './context.ts';
export type { Backlog } from './database-pulse.ts';
export { enumOf } from './enum.ts';
export { conflict, ErrorCode, type Fault, type Messages, notFound, Refused, RequestError, toUserErrors, type UserError } from './errors.ts';
export { type EventFacts, type EventRow, eventEntity, recordEvent } from './event.ts';
export { encodeCursor } from './event-cursor.ts';
export { eventPolicies } from './event-policies.ts';
export { lastPlace, liveCursor } from './feed.ts';
export { type Running, startService } from './host.ts';
export { canonicalJson, once } from './idempotency.ts';
export { demoId, isAnyId, isId, newId } from './ids.ts';
export { type Language, languages, negotiateLanguage, type Texts } from './language.ts';
export { isLine } from './line.ts';
export { type Log, makeLog } from './log.ts';
export { messages } from './messages.ts';
export {
  type Connection,
  connection,
  decodePageCursor,
  encodePageCursor,
  foreignCursor,
  type Page,
  type PageArguments,
  pageOf,
  pageSize,
} from './page.ts';
export { mayHavePersonalData, personalData } from './personal-data.ts';
export {
  ForKeys,
  Guard,
  gatewayOnly,
  type Policy,
  policy,
  publicPolicy,
  signedIn,
  staffOnly,
  supervisorOnly,
  withItsParent,
  withSession,
} from './policy.ts';
export { type Probes, startProbes } from './probes.ts';
export { type ProvisionedUrls, provisionDatabase, type RolePasswords } from './provision.ts';
export { doingBy } from './request-headers.ts';
export { runService } from './run.ts';
export { searchResults } from './search.ts';
export { searchable, searchWords } from './searchable.ts';
// Its module types `request.viewer` for a service's own HTTP.
export type { ServerParts } from './server.ts';
export { defineService, type Job, type Service, type Wiring } from './service.ts';
export {
  DateTime,
  EventAudienceFace,
  EventWatcherInput,
  Json,
  NodeFace,
  PageInfoFace,
  PersonalDataFace,
  SearchResultFace,
  UserErrorFace,
} from './shared.graphql.ts';
export { onEnd } from './shutdown.ts';
export { TextsFace, TextsInput, textsFaults, textsFrom } from './texts.graphql.ts';
export { TextsResolver } from './texts.resolver.ts';
export { type TicketAccessRow, ticketAccessConsumer, ticketAccessEntity } from './ticket-access.ts';
export { seesTicket, sqlSeesTicket, type TicketFacts } from './ticket-visibility.ts';
export { GATEWAY_ISSUER } from './token.ts';
export {
  anonymous,
  gatewayViewer,
  hasRole,
  isInScope,
  isSignedIn,
  isStaff,
  type KeyScope,
  keyScopes,
  type Role,
  roles,
  sqlHasRole,
  sqlIsGateway,
  sqlIsSelf,
  sqlIsStaff,
  sqlIsWorker,
  sqlSetting,
  type Viewer,
  type ViewerContact,
  viewerSchema,
  wholeOrganizations,
} from './viewer.ts';
