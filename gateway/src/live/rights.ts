import type { Language, Viewer } from '@atende/service/process';

/** The person as services need it for an event: without the session and the key, whose READ was asked for when it began. */
export function personOf(viewer: Viewer, language: Language): Viewer {
  return { ...viewer, sessionId: null, apiKey: null, language };
}

/**
 * The authorization class of a person: their rights without the person, so that equal watchers are one. Somebody who sees only
 * their own rows is a class of one.
 */
export function classOf(viewer: Viewer, language: Language): Viewer {
  if (viewer.contacts.some(({ scope }) => scope === 'OWN')) return personOf(viewer, language);
  const contacts = viewer.contacts.map((contact) => ({ ...contact, id: '' }));
  return {
    kind: 'CLASS',
    personId: null,
    sessionId: null,
    analystId: null,
    roles: [...viewer.roles].sort(),
    contacts: contacts.sort((a, b) => (a.organizationId < b.organizationId ? -1 : 1)),
    groups: [...viewer.groups].sort(),
    language,
    apiKey: null,
  };
}
