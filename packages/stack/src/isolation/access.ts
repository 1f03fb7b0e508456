/** The people of the matrix: everybody of the demo, and nobody. */
export const people = ['nobody', 'ana', 'bruno', 'gisele', 'hugo', 'carla', 'diego', 'elisa', 'otavio', 'rita'] as const;
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
};

export const everybody = people;
export const signedIn = people.filter((who) => who !== 'nobody');
export const clients: Who[] = ['ana', 'bruno', 'gisele', 'hugo'];
export const staff: Who[] = ['carla', 'diego', 'elisa', 'otavio'];

/**
 * Who may ask each root field at all, whatever it then shows. Written from the specification, not from the services: a
 * root field that is not here fails the matrix.
 */
export const mayAsk: Record<string, readonly Who[]> = {
  // identity
  viewer: signedIn,
  organization: signedIn,
  organizations: signedIn,
  contacts: signedIn,
  analysts: staff,
  groups: staff,
  auditLog: ['rita'],
  helpContacts: everybody,
  signIn: everybody,
  refreshSession: everybody,
  signInProviders: everybody,
  beginProviderSignIn: everybody,
  completeProviderSignIn: everybody,
  signOut: signedIn,
  changePassword: signedIn,
  requestPasswordReset: everybody,
  resetPassword: everybody,
  activateAccount: everybody,
  createApiKey: signedIn,
  revokeApiKey: signedIn,
  beginTotp: signedIn,
  confirmTotp: signedIn,
  renewRecoveryCodes: signedIn,
  turnOffTotp: signedIn,
  inviteContact: signedIn,
  updateContact: signedIn,
  deactivateContact: signedIn,
  importContacts: signedIn,
  updateProfile: signedIn,
  saveGroup: staff,
  saveAnalyst: ['elisa'],
  setAvailability: staff,
  // several: each section asks for itself
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
  openTicket: signedIn,
  replyToTicket: signedIn,
  addInternalNote: staff,
  requestInformation: staff,
  proposeSolution: staff,
  acceptSolution: signedIn,
  refuseSolution: signedIn,
  cancelTicket: signedIn,
  takeTicket: staff,
  retireCatalogueEntry: ['elisa'],
  ticketChanged: signedIn,
  ticketsChanged: signedIn,
  // attachments
  attachment: signedIn,
  createUpload: signedIn,
  deleteAttachment: signedIn,
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
  voteArticle: signedIn,
  // gateway
  node: signedIn,
};
