import { defineEvent } from './define-event.ts';
import { code, count, flag, id, instant, oneOf } from './words.ts';

const service = 'identity';

export const OrganizationSaved = defineEvent('organization.saved', {
  version: 1,
  service,
  describes: 'A client organization, as it is now. Its names and account executive stay at identity.',
  data: {
    /** The client code, e.g. ACME01. */
    code: code(),
    plan: oneOf('STANDARD', 'PRIME'),
    bso: flag(),
    /** ISO 3166 alpha-2. */
    country: code(),
    /** Request types it may open, and PHONE. */
    entitlements: code().array(),
    active: flag(),
  },
});

export const ContactSaved = defineEvent('contact.saved', {
  version: 1,
  service,
  describes: "A person's contact at one organization, as it is now.",
  data: {
    personId: id('per'),
    organizationId: id('org'),
    active: flag(),
    mayOpen: flag(),
    scope: oneOf('OWN', 'ORGANIZATION'),
    administrator: flag(),
    serviceManager: flag(),
  },
});

export const PersonSaved = defineEvent('person.saved', {
  version: 1,
  service,
  describes: 'Somebody who signs in, as they are now. Name, phone and time zone stay at identity.',
  data: {
    language: oneOf('pt-BR', 'en', 'es'),
    auditor: flag(),
    active: flag(),
  },
});

export const GroupSaved = defineEvent('group.saved', {
  version: 1,
  service,
  describes: 'A support group, as it is now.',
  data: {
    /** e.g. n1-software */
    code: code(),
    kind: oneOf('SUPPORT', 'BSO', 'SERVICE_CENTRE', 'OMBUDSMAN'),
    active: flag(),
  },
});

export const AnalystSaved = defineEvent('analyst.saved', {
  version: 1,
  service,
  describes: 'An analyst, as they are now.',
  data: {
    personId: id('per'),
    level: oneOf('N1', 'N2'),
    groupIds: id('grp').array(),
    /** Modules of expertise, for routing inside a group. */
    moduleIds: id('opt').array(),
    supervisor: flag(),
    available: flag(),
    active: flag(),
  },
});

export const HelpSaved = defineEvent('help.saved', {
  version: 1,
  service,
  describes: 'Whom to call about the portal itself was set anew.',
  data: {
    /** How many there are now. */
    contacts: count(),
  },
});

export const SessionEnded = defineEvent('session.ended', {
  version: 1,
  service,
  describes: 'A session must not be honoured any more; gateways close its sockets.',
  data: {
    personId: id('per'),
    reason: oneOf('SIGNED_OUT', 'SIGNED_OUT_EVERYWHERE', 'EXPIRED', 'TOKEN_REUSED', 'PASSWORD_CHANGED', 'DEACTIVATED', 'RIGHTS_CHANGED'),
  },
});

export const ContactsImported = defineEvent('contacts.imported', {
  version: 1,
  service,
  describes: 'A list of contacts changed an organization; what became of each of them says contact.saved.',
  data: {
    organizationId: id('org'),
    created: count(),
    updated: count(),
    unchanged: count(),
    refused: count(),
  },
});

export const MailRequested = defineEvent('mail.requested', {
  version: 3,
  service,
  describes: 'A mail to a person is wanted. The address and the one-time secret are fetched at identity by their ids.',
  data: {
    /** Those about a second factor and about keys since version 3. */
    kind: oneOf(
      ...(['ACTIVATION', 'PASSWORD_RESET', 'PASSWORD_CHANGED', 'ACCESS_GRANTED'] as const),
      ...(['SECOND_FACTOR_ON', 'SECOND_FACTOR_OFF', 'API_KEY_CREATED'] as const),
    ),
    personId: id('per'),
    tokenId: id('tok').nullable(),
    expiresAt: instant().nullable(),
    /** On whose behalf: the organization of an invitation. Since version 2. */
    organizationId: id('org').nullable().optional(),
  },
});

export const PersonAnonymised = defineEvent('person.anonymised', {
  version: 1,
  service,
  describes: 'Everything that said who a person is was wiped; their ids remain and name nobody. Who keeps copies wipes them too.',
  data: {
    contactIds: id('con').array(),
    analystId: id('ana').nullable(),
    reason: oneOf('REQUESTED_BY_PERSON', 'RELATION_ENDED', 'LEGAL_OBLIGATION'),
  },
});

export const ApikeyCreated = defineEvent('apikey.created', {
  version: 1,
  service,
  describes: 'A person made a key for a program that asks in their name. Its name and digest stay at identity.',
  data: {
    personId: id('per'),
    scopes: oneOf('READ', 'WRITE_TICKETS', 'MANAGE_CONTACTS').array(),
    expiresAt: instant(),
  },
});

export const ApikeyRevoked = defineEvent('apikey.revoked', {
  version: 1,
  service,
  describes: 'A key is good no more. Who revoked it is the actor.',
  data: { personId: id('per') },
});

export const FactorChanged = defineEvent('factor.changed', {
  version: 1,
  service,
  describes: 'A person turned a second factor of their sign-in on or off.',
  data: { personId: id('per'), factor: oneOf('TOTP'), on: flag() },
});
