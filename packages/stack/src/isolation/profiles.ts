import type { Who } from './access.ts';

/** What a person is, as the specification has it (domain.md 1.2 to 1.7). */
export interface Profile {
  contacts?: { client: Client; whole?: true; administrator?: true; serviceManager?: true; mayNotOpen?: true }[];
  /** Codes of the groups whose queues an analyst works on. */
  groups?: string[];
  supervisor?: true;
  auditor?: true;
}
export type Client = 'ACME01' | 'GLBX01';

const bruno: Profile = { contacts: [{ client: 'ACME01' }] };
const ana: Profile = { contacts: [{ client: 'ACME01', whole: true, administrator: true, serviceManager: true }] };

export const profiles: Record<Who, Profile> = {
  nobody: {},
  ana,
  bruno,
  // Keys of theirs.
  leitora: ana,
  escritora: bruno,
  gisele: { contacts: [{ client: 'GLBX01', whole: true, administrator: true }] },
  hugo: { contacts: [{ client: 'GLBX01', whole: true }] },
  carla: { groups: ['n1-software', 'bso-ams', 'cloud'] },
  diego: { groups: ['n2-software', 'bso-ams'] },
  elisa: { groups: ['n1-software'], supervisor: true },
  otavio: { groups: ['ombudsman'] },
  rita: { auditor: true },
  // An administrator who never asked the ombudsman anything, with own scope: it lists contacts and sees no ticket of theirs.
  bia: { contacts: [{ client: 'ACME01', administrator: true }] },
  caio: { contacts: [{ client: 'ACME01', mayNotOpen: true }] },
  davi: { contacts: [{ client: 'ACME01', whole: true, serviceManager: true }] },
  // At two organizations: own tickets at one, all of them at the other.
  dora: { contacts: [{ client: 'ACME01' }, { client: 'GLBX01', whole: true }] },
  // In no group: Fabio is bound to the ticket that he opened on behalf of a client, Greta to nothing.
  fabio: { groups: [] },
  greta: { groups: [] },
  // Must change the password that somebody else chose: until then a session and nothing else.
  iris: {},
  // Was a contact; her token is from before.
  eva: {},
};

export const isAnalyst = (who: Who): boolean => profiles[who].groups !== undefined;
