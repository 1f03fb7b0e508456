import type { Relation } from './relations.ts';

/**
 * The policy table: which fields of a type are shown, to whom the object is what (relations.ts). Written from the
 * specification, not from the services: a type or field that is not here fails the matrix. What an object is to somebody follows
 * from its id; a type without an id is a part of what holds it, shown with it.
 */
interface Visible {
  /** A part of what holds it: nothing is decided here but that its fields are known. */
  part: boolean;
  shown: readonly (readonly [relations: readonly Relation[], fields: readonly string[]])[];
}
const words = (text: string): string[] => text.split(' ');
const part = (fields: string): Visible => ({ part: true, shown: [[[], words(fields)]] });
const object = (...shown: [relations: string, fields: string][]): Visible => ({
  part: false,
  shown: shown.map(([to, fields]) => [words(to) as Relation[], words(fields)]),
});

const ON_A_TICKET = 'REQUESTER ORGANIZATION SUPERVISOR QUEUE BOUND OMBUDSMAN';
const HAPPENING = 'id type occurredAt actor fromStatus toStatus';

export const visible: Record<string, Visible> = {
  // 1.1 to 1.8: people and organizations
  Viewer: part('roles person contacts analyst permissions apiKeys secondFactor'),
  SecondFactor: part('confirmedAt recoveryCodesLeft'),
  BeginTotpPayload: part('secret uri errors'),
  RecoveryCodesPayload: part('recoveryCodes errors'),
  TurnOffTotpPayload: part('errors'),
  Person: object(['SELF', 'id version email name language timeZone phone']),
  ProfilePayload: part('person errors'),
  // What is held on a person: whoever asks reads back whom they asked about.
  PersonalData: object(['SELF SUPERVISOR FOREIGN', 'personId'], ['SELF SUPERVISOR', 'identity']),
  PersonalIdentity: part('document acts'),
  PersonalActConnection: part('edges pageInfo'),
  PersonalActEdge: part('node cursor'),
  PersonalAct: part('id at act outcome network count'),
  Contact: object(
    ['SELF STAFF SUPERVISOR ADMINISTERED ITS_ADMINISTRATOR COLLEAGUE', 'id version name active administrator organization'],
    ['SELF STAFF SUPERVISOR ADMINISTERED', 'scope mayOpen serviceManager'],
    ['SUPERVISOR', 'personId'],
    ['SELF SUPERVISOR', 'apiKeys'],
    ['SELF STAFF SUPERVISOR ADMINISTERED ITS_ADMINISTRATOR', 'email phone'],
  ),
  ContactConnection: part('edges pageInfo'),
  ContactEdge: part('node cursor'),
  ContactPayload: part('contact errors'),
  ContactImport: part('created updated unchanged refused lines'),
  ContactImportLine: part('line outcome errors'),
  ImportContactsPayload: part('report errors'),
  ApiKey: object(['SELF SUPERVISOR', 'id name scopes lastFour createdAt lastUsedAt expiresAt']),
  CreateApiKeyPayload: part('apiKey secret errors'),
  RevokeApiKeyPayload: part('apiKey errors'),
  Organization: object([
    'MEMBER STAFF',
    'id version code legalName country plan bso contracts entitlements accountExecutive environments active administrators',
  ]),
  OrganizationPayload: part('organization errors'),
  OrganizationConnection: part('edges pageInfo'),
  OrganizationEdge: part('node cursor'),
  OrganizationEnvironment: part('kind name address'),
  AccountExecutive: part('name email phone'),
  Analyst: object(
    ['STAFF SUPERVISOR CLIENT AUDITOR', 'id name'],
    ['SUPERVISOR', 'personId'],
    ['STAFF SUPERVISOR', 'version level supervisor available active moduleIds groups email'],
  ),
  AnalystConnection: part('edges pageInfo'),
  AnalystEdge: part('node cursor'),
  Group: object(['STAFF SUPERVISOR CLIENT AUDITOR', 'id code name'], ['STAFF SUPERVISOR', 'version names kind active members']),
  AnalystPayload: part('analyst errors'),
  GroupPayload: part('group errors'),
  Texts: part('ptBR en es'),
  HelpContact: part('version phone option purpose description hours'),
  HelpContactsPayload: part('helpContacts errors'),
  AccountPayload: part('errors'),
  SignInPayload: part('accessToken refreshToken expiresAt viewer errors mustChangePassword'),
  SignOutPayload: part('errors'),
  SignInProvider: part('id name'),
  BeginProviderSignInPayload: part('authorizationUrl secret errors'),
  // 1.5: the audit log is the auditor's
  AuditEntry: object([
    'AUDITOR',
    'id at act outcome code field actorId personId actorName sessionId keyId subjectId subjectVersion organizationId service requestId ' +
      'network count digest position hash',
  ]),
  AuditEntryConnection: part('edges pageInfo'),
  AuditEntryEdge: part('node cursor'),
  // 1.7, 4, 5: tickets
  Ticket: object(
    [
      ON_A_TICKET,
      'id attachments attachmentCount subject product suggestedArticles number version description status stage severity requestedPriority ' +
        'priority classification resolution requestType channel watchers createdAt lastInteractionAt liveCursor criticality answers ' +
        'dueTransition organization requester openedBy assignee group followUpOf links comments history allowedActions form formVersion ' +
        'module environment',
    ],
    ['SUPERVISOR QUEUE BOUND OMBUDSMAN', 'routingTrace'],
  ),
  Comment: object([ON_A_TICKET, 'id body internal createdAt author']),
  HistoryEntry: object([ON_A_TICKET, `${HAPPENING} changes cause comment formChange`]),
  TicketEvent: object([ON_A_TICKET, `${HAPPENING} cursor ticket matches`]),
  TicketConnection: part('edges pageInfo liveCursor'),
  TicketEdge: part('node cursor'),
  TicketCounts: part('total byStatus bySeverity byAwaiting'),
  StatusCount: part('status count'),
  SeverityCount: part('severity count'),
  AwaitingCount: part('awaiting count'),
  TicketAnswer: part('field label value displayValue party'),
  TicketLink: part('type ticket'),
  TicketFormChange: part('before after'),
  FiledForm: part('requestType formVersion subject description answers'),
  RoutingTrace: part('tried winner group fallback'),
  TicketPayload: part('ticket errors'),
  CommentConnection: part('edges pageInfo'),
  CommentEdge: part('node cursor'),
  HistoryConnection: part('edges pageInfo'),
  HistoryEdge: part('node cursor'),
  HistoryChange: part('field before after'),
  Criticality: part('value edition rule reason immediateAttention immediateAttentionReason'),
  DueTransition: part('to at'),
  // 2, 3: forms and the catalogue are the vendor's offer, the same for whoever may open
  ServiceArea: part('code label requestTypes'),
  RequestType: part('code title formId'),
  RequestForm: part('id requestType version title steps attachmentPolicy guidance'),
  FormStep: part('key title submitLabel fields'),
  FormField: part('key label help kind path required mustBeOn dependsOn hasOptions parent maxLength maxItems party fixedValue'),
  FormVersion: part('id requestType version status revision publishedAt supersededAt savedAt author definition defects'),
  FormDefect: part('rule path message'),
  FormVersionPayload: part('formVersion errors'),
  FormEvaluation: part('form asks fields guidance errors criticality completeness privacyHints similarTickets'),
  FormChange: part('kind part key label path property before after beforeData afterData message'),
  FieldState: part(
    'key label help kind path required mustBeOn dependsOn hasOptions parent maxLength maxItems party step visible fixed value displayValue',
  ),
  PrivacyHint: part('field message numbers masked'),
  PersonalNumber: part('kind start end'),
  Completeness: part('score missing'),
  GuidanceItem: part('field label help answered'),
  AttachmentPolicy: part('extensions archivesOnly maxFiles maxBytes'),
  // 2.5: what is not sent yet is nobody else's
  TicketDraft: object([
    'SELF',
    'id requestType version createdAt updatedAt form answers dropped evaluation watchers context attachments requestedPriority',
  ]),
  DraftAnswer: part('field value'),
  DroppedAnswer: part('field value label displayValue'),
  DraftContext: part('organizationId onBehalfOf channel watchers attachmentIds'),
  DraftOnBehalfOf: part('organizationId contactId'),
  SaveDraftPayload: part('draft errors'),
  DiscardDraftPayload: part('draftId errors'),
  FieldOption: part('id favorite code label help children retired version replacedBy'),
  FieldOptionConnection: part('id favorites edges pageInfo'),
  FieldOptionEdge: part('node cursor'),
  RetireCatalogueEntryPayload: part('entry errors'),
  // 4.1: the decision table is the supervisors'
  DecisionTable: part('edition savedAt savedBy rows'),
  DecisionTableConnection: part('edges pageInfo'),
  DecisionTableEdge: part('node cursor'),
  DecisionTablePayload: part('decisionTable errors'),
  DecisionRow: part('rule when value reason'),
  CriticalityConditions: part('category origin effect impact plan environmentKind businessStoppage inClientCustomization'),
  CriticalityFacts: part('category origin effect impact plan environmentKind businessStoppage inClientCustomization'),
  CriticalityTrace: part('facts criticality passed attentionBarredBy errors'),
  PassedRow: part('rule missed'),
  MissedCondition: part('factor asked given'),
  CriticalityDryRun: part('looked changes errors'),
  CriticalityChange: part('ticket before after'),
  SaveCatalogueEntryPayload: part('entry errors'),
  // Only who keeps the catalogue may ask for one (access.ts).
  CatalogueEntry: part(
    'id parentId path level code labels help aliases kind position replacedById version children serviceGroup effectiveServiceGroup retired outOfUse trail',
  ),
  CatalogueEntryConnection: part('edges pageInfo'),
  CatalogueEntryEdge: part('node cursor'),
  StageCatalogueFilePayload: part('parts errors'),
  ImportCataloguePayload: part('report errors'),
  CatalogueImport: part('applied created changed retired unchanged refused lines'),
  CatalogueImportLine: part('line outcome errors'),
  CatalogueImportLineConnection: part('edges pageInfo'),
  CatalogueImportLineEdge: part('node cursor'),
  CatalogueExport: part('content next'),
  // 8: files
  Attachment: object(
    [
      `${ON_A_TICKET} UPLOADER`,
      'id fileName size status createdAt expiresAt ticket contentType refusal refusalReason virusScan downloadUrl',
    ],
    ['UPLOADER', 'receipt'],
  ),
  CreateUploadPayload: part('uploadUrl attachment errors'),
  DeleteAttachmentPayload: part('attachment errors'),
  // 9: favorites are asked for by nobody but their owner
  FavoriteList: part('version options'),
  SaveFavoritesPayload: part('list errors'),
  // 10: the knowledge base
  Article: object(
    [
      'READER STAFF',
      'id version slug kind status audience language title summary html labels edition publishedAt changedAt products modules votes helpedMe',
    ],
    ['STAFF', 'body draft editions'],
  ),
  ArticleConnection: part('edges pageInfo'),
  ArticleEdge: part('node cursor'),
  ArticleContent: part('kind language audience title summary body labels'),
  ArticleDraft: part('content savedAt'),
  ArticleEdition: part('number content publishedAt publishedBy'),
  ArticleHitConnection: part('edges pageInfo'),
  ArticleHitEdge: part('node snippet cursor'),
  ArticlePayload: part('article errors'),
  ArticleSuggestion: part('article snippet score'),
  ArticleVotes: part('helpful unhelpful'),
  SearchResult: part('text contacts organizations articles tickets'),
  // everywhere
  PageInfo: part('hasNextPage hasPreviousPage startCursor endCursor'),
  UserError: part('code field message'),
};

/** The relations in which a field of a type is shown; undefined where the table does not know it, null for parts. */
export function shownTo(type: string, field: string): readonly Relation[] | null | undefined {
  const known = visible[type];
  const rows = known?.shown.filter(([, fields]) => fields.includes(field)) ?? [];
  if (rows.length === 0) return undefined;
  return known?.part ? null : rows.flatMap(([to]) => to);
}
