/** The people of the matrix: nobody, everybody of the demo, and who the demo lacks (hiring.ts). */
export const demoPeople = ['ana', 'bruno', 'gisele', 'hugo', 'carla', 'diego', 'elisa', 'otavio', 'rita'] as const;
export const madePeople = ['bia', 'caio', 'davi', 'dora', 'fabio', 'greta', 'iris', 'eva'] as const;
/** API keys and whose they are: they see what their person sees, and do what their scopes name. */
export const keys = { leitora: 'ana', escritora: 'bruno' } as const;
export const keyScopes = { leitora: ['READ'], escritora: ['READ', 'WRITE_TICKETS'] } as const;
export const people = ['nobody', ...demoPeople, ...madePeople, 'leitora', 'escritora'] as const;
export type Who = (typeof people)[number];

export const emails: Record<Exclude<Who, 'nobody'>, string> = {
  ana: 'ana@acme.example',
  bruno: 'bruno@acme.example',
  gisele: 'gisele@globex.example',
  hugo: 'hugo@globex.example',
  carla: 'carla@support.example',
  diego: 'diego@support.example',
  elisa: 'elisa@support.example',
  otavio: 'otavio@support.example',
  rita: 'rita@support.example',
  bia: 'bia@acme.example',
  caio: 'caio@acme.example',
  davi: 'davi@acme.example',
  dora: 'dora@both.example',
  fabio: 'fabio@support.example',
  greta: 'greta@support.example',
  iris: 'iris@globex.example',
  eva: 'eva@globex.example',
  leitora: 'ana@acme.example',
  escritora: 'bruno@acme.example',
};

export const isKey = (who: Who): who is keyof typeof keys => who in keys;

/** Eva's session has ended: not even what is for anybody is answered to her token. */
export const everybody: Who[] = people.filter((who) => who !== 'eva' && !isKey(who));
export const clients: Who[] = ['ana', 'bruno', 'gisele', 'hugo', 'bia', 'caio', 'davi', 'dora'];
export const staff: Who[] = ['carla', 'diego', 'elisa', 'otavio', 'fabio', 'greta'];
export const administrators: Who[] = ['ana', 'gisele', 'bia'];
export const signedIn: Who[] = [...clients, ...staff, 'rita'];
/** One of each way to stand to things: whatever is foreign to the others is foreign to one of these in the same way. */
export const oneOfEach: Who[] = ['leitora', 'ana', 'bia', 'bruno', 'dora', 'carla', 'elisa', 'otavio', 'greta', 'rita'];
/** Whoever has a session: also Iris, who must first change the password that somebody else chose. */
export const withSession: Who[] = [...signedIn, 'iris'];

/**
 * Who may ask each root field at all, whatever it then shows. Written from the specification, not from the services: a
 * root field that is not here fails the matrix.
 */
export const mayAsk: Record<string, readonly Who[]> = {
  // identity
  viewer: withSession,
  organization: signedIn,
  organizations: signedIn,
  contacts: signedIn,
  analysts: staff,
  groups: staff,
  auditLog: ['rita'],
  anonymisePerson: ['elisa'],
  helpContacts: everybody,
  signIn: everybody,
  refreshSession: everybody,
  signInProviders: everybody,
  beginProviderSignIn: everybody,
  completeProviderSignIn: everybody,
  signOut: withSession,
  changePassword: withSession,
  requestPasswordReset: everybody,
  resetPassword: everybody,
  activateAccount: everybody,
  createApiKey: signedIn,
  revokeApiKey: signedIn,
  beginTotp: signedIn,
  confirmTotp: signedIn,
  renewRecoveryCodes: signedIn,
  turnOffTotp: signedIn,
  inviteContact: administrators,
  updateContact: signedIn,
  deactivateContact: signedIn,
  importContacts: [...administrators, 'elisa'],
  updateProfile: signedIn,
  createOrganization: ['elisa'],
  updateOrganization: ['elisa'],
  saveHelpContacts: ['elisa'],
  saveGroup: ['elisa'], // of a new group; in his own Otávio says who else is a member
  saveAnalyst: ['elisa'],
  setAvailability: staff,
  // several: each section asks for itself
  personalData: everybody,
  search: everybody,
  // tickets
  ticket: signedIn,
  ticketByNumber: signedIn,
  tickets: signedIn,
  ticketCounts: signedIn,
  serviceAreas: signedIn,
  requestForm: signedIn,
  evaluateForm: signedIn,
  fieldOptions: signedIn,
  formVersions: signedIn, // drafts among them for supervisors
  forms: ['elisa'],
  formDiff: ['elisa'],
  formDefinitionSchema: ['elisa'],
  saveFormDraft: ['elisa'],
  discardFormDraft: ['elisa'],
  publishForm: ['elisa'],
  withdrawForm: ['elisa'],
  openTicket: signedIn,
  replyToTicket: signedIn,
  addInternalNote: staff,
  requestInformation: staff,
  proposeSolution: staff,
  acceptSolution: signedIn,
  refuseSolution: signedIn,
  cancelTicket: signedIn,
  takeTicket: staff,
  classifyTicket: staff,
  drafts: signedIn,
  draft: signedIn,
  lastForm: signedIn,
  recentOptions: signedIn,
  saveDraft: [...clients, ...staff],
  discardDraft: [...clients, ...staff],
  retireCatalogueEntry: ['elisa'],
  decisionTable: ['elisa'],
  decisionTables: ['elisa'],
  criticalityPreview: ['elisa'],
  criticalityDryRun: ['elisa'],
  saveDecisionTable: ['elisa'],
  saveCatalogueEntry: ['elisa'],
  stageCatalogueFile: ['elisa'],
  importCatalogue: ['elisa'],
  catalogueExport: ['elisa'],
  catalogueEntries: ['elisa'],
  ticketChanged: signedIn,
  ticketsChanged: signedIn,
  // attachments
  attachment: signedIn,
  createUpload: [...clients, ...staff],
  deleteAttachment: [...clients, ...staff],
  // favorites
  favoriteList: signedIn,
  saveFavorites: [...clients, ...staff],
  // knowledge
  article: everybody,
  articles: everybody,
  suggestArticles: signedIn,
  saveArticle: staff,
  publishArticle: staff,
  retireArticle: staff,
  voteArticle: [...clients, ...staff],
  // gateway
  node: signedIn,
};

/** What a key may do beyond reading, by its scope: tickets and their files. */
const WRITES_TICKETS =
  /^(openTicket|saveDraft|discardDraft|replyToTicket|acceptSolution|refuseSolution|cancelTicket|addInternalNote|requestInformation|proposeSolution|takeTicket|classifyTicket|createUpload|deleteAttachment)$/;

/** Who may ask a root field: for a key, its person and its scopes. */
export function may(who: Who, { kind, field }: { kind: string; field: string }): boolean {
  if (!isKey(who)) return mayAsk[field]?.includes(who) ?? false;
  const isInScope = kind !== 'mutation' || (who === 'escritora' && WRITES_TICKETS.test(field));
  return isInScope && (mayAsk[field]?.includes(keys[who]) ?? false);
}
