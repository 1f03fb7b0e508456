import {
  AnalystSaved,
  ApikeyCreated,
  ApikeyRevoked,
  ArticlePublished,
  ArticleRetired,
  ArticleSaved,
  AttachmentDeleted,
  CatalogueImported,
  ContactSaved,
  ContactsImported,
  CriticalitySaved,
  type EventData,
  type EventDefinition,
  FactorChanged,
  FormDiscarded,
  FormDrafted,
  FormPublished,
  FormWithdrawn,
  GroupSaved,
  HelpSaved,
  MailRequested,
  OptionRetired,
  OptionsChanged,
  OptionsOffered,
  OrganizationSaved,
  PersonAnonymised,
  PersonSaved,
  RECORDED_ACTS,
  SessionEnded,
} from '@atende/events';

/** What the audit log knows. It grows and loses nothing: entries are for ever. */
export const auditActs = [
  ...RECORDED_ACTS,
  'SESSION_ENDED',
  'PASSWORD_CHANGED',
  'PASSWORD_RESET_SENT',
  'INVITATION_SENT',
  'API_KEY_CREATED',
  'API_KEY_REVOKED',
  'SECOND_FACTOR_TURNED_ON',
  'SECOND_FACTOR_TURNED_OFF',
  'ORGANIZATION_SAVED',
  'ORGANIZATION_DEACTIVATED',
  'CONTACT_SAVED',
  'CONTACT_DEACTIVATED',
  'CONTACTS_IMPORTED',
  'PERSON_SAVED',
  'PERSON_ANONYMISED',
  'ANALYST_SAVED',
  'ANALYST_DEACTIVATED',
  'GROUP_SAVED',
  'GROUP_DEACTIVATED',
  'HELP_CONTACTS_SAVED',
  'FORM_PUBLISHED',
  'DECISION_TABLE_SAVED',
  'FORM_DRAFTED',
  'FORM_DISCARDED',
  'FORM_WITHDRAWN',
  'OPTIONS_OFFERED',
  'OPTION_RETIRED',
  'OPTIONS_CHANGED',
  'CATALOGUE_IMPORTED',
  'ARTICLE_SAVED',
  'ARTICLE_PUBLISHED',
  'ARTICLE_RETIRED',
  'FILE_DELETED',
] as const;
export type AuditAct = (typeof auditActs)[number];

/** An event that is an administrative act: which one, and what it is about when that is not its aggregate. */
export interface Audited {
  event: EventDefinition;
  act(data: Record<string, unknown>): AuditAct | null;
  subject?: 'personId';
}

const always = (act: AuditAct) => (): AuditAct => act;
const savedOr =
  (saved: AuditAct, deactivated: AuditAct) =>
  ({ active }: { active?: unknown }): AuditAct =>
    active ? saved : deactivated;

// Mails about keys and second factors say what an act of their own has told already.
const mailActs: Partial<Record<EventData<typeof MailRequested>['kind'], AuditAct>> = {
  ACTIVATION: 'INVITATION_SENT',
  ACCESS_GRANTED: 'INVITATION_SENT',
  PASSWORD_RESET: 'PASSWORD_RESET_SENT',
  PASSWORD_CHANGED: 'PASSWORD_CHANGED',
};

/**
 * The administrative acts of all services, by the events in which they are recorded anyway. An event is here or in
 * `notAudited`; a test says so when one is in neither.
 */
export const audited: readonly Audited[] = [
  { event: OrganizationSaved, act: savedOr('ORGANIZATION_SAVED', 'ORGANIZATION_DEACTIVATED') },
  { event: ContactSaved, act: savedOr('CONTACT_SAVED', 'CONTACT_DEACTIVATED') },
  { event: ContactsImported, act: always('CONTACTS_IMPORTED') },
  { event: AnalystSaved, act: savedOr('ANALYST_SAVED', 'ANALYST_DEACTIVATED') },
  { event: GroupSaved, act: savedOr('GROUP_SAVED', 'GROUP_DEACTIVATED') },
  { event: HelpSaved, act: always('HELP_CONTACTS_SAVED') },
  { event: SessionEnded, act: always('SESSION_ENDED'), subject: 'personId' },
  { event: MailRequested, act: ({ kind }) => mailActs[kind as keyof typeof mailActs] ?? null, subject: 'personId' },
  { event: ApikeyCreated, act: always('API_KEY_CREATED') },
  { event: ApikeyRevoked, act: always('API_KEY_REVOKED') },
  { event: FactorChanged, act: ({ on }) => (on ? 'SECOND_FACTOR_TURNED_ON' : 'SECOND_FACTOR_TURNED_OFF') },
  { event: PersonSaved, act: always('PERSON_SAVED') },
  { event: PersonAnonymised, act: always('PERSON_ANONYMISED') },
  { event: FormPublished, act: always('FORM_PUBLISHED') },
  { event: CriticalitySaved, act: always('DECISION_TABLE_SAVED') },
  { event: FormDrafted, act: always('FORM_DRAFTED') },
  { event: FormDiscarded, act: always('FORM_DISCARDED') },
  { event: FormWithdrawn, act: always('FORM_WITHDRAWN') },
  { event: OptionsOffered, act: always('OPTIONS_OFFERED') },
  { event: OptionRetired, act: always('OPTION_RETIRED') },
  { event: OptionsChanged, act: always('OPTIONS_CHANGED') },
  { event: CatalogueImported, act: always('CATALOGUE_IMPORTED') },
  { event: ArticleSaved, act: always('ARTICLE_SAVED') },
  { event: ArticlePublished, act: always('ARTICLE_PUBLISHED') },
  { event: ArticleRetired, act: always('ARTICLE_RETIRED') },
  { event: AttachmentDeleted, act: always('FILE_DELETED') },
];

/** Not administration: the work on tickets, whose history tells it, and what follows from an act by itself. */
export const notAudited = [/^ticket\./, /^attachment\.(stored|linked)$/];

/** Whose acts are read from their streams; a service that is added is added here. */
export const auditedServices = ['attachments', 'favorites', 'identity', 'knowledge', 'tickets'];
