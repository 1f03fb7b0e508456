import { emails, type Who } from './access.ts';
import type { Fact, Facts } from './facts.ts';
import { profiles } from './profiles.ts';

/** What an object is to somebody: the columns of the policy table (visible.ts). Written from domain.md 1.2 to 1.8, 5.10, 8 and 10. */
export const relations = [
  ...['SELF', 'REQUESTER', 'ORGANIZATION', 'COLLEAGUE', 'ADMINISTERED', 'ITS_ADMINISTRATOR', 'MEMBER', 'CLIENT', 'AUDITOR'],
  ...['SUPERVISOR', 'QUEUE', 'BOUND', 'OMBUDSMAN', 'STAFF', 'UPLOADER', 'READER', 'FOREIGN'],
] as const;
export type Relation = (typeof relations)[number];

/** A person with the ids that its profile has in this installation. */
export interface Standing {
  who: Who;
  personId: string | null;
  contacts: { id: string; organizationId: string; whole: boolean; administrator: boolean }[];
  analystId: string | null;
  groupIds: string[];
  supervisor: boolean;
  ombudsman: boolean;
}

export function standingOf(who: Who, facts: Facts): Standing {
  const { contacts = [], groups, supervisor = false } = profiles[who];
  const all = [...facts.all()];
  const idOf = (is: (fact: Fact) => boolean): string | null => all.find(([, fact]) => is(fact))?.[0] ?? null;
  const personId = who === 'nobody' ? null : idOf((fact) => fact.type === 'Person' && fact.email === emails[who]);
  return {
    who,
    personId,
    contacts: contacts.map(({ client, whole = false, administrator = false }) => {
      const organizationId = idOf((fact) => fact.type === 'Organization' && fact.code === client) ?? '';
      const id = idOf((fact) => fact.type === 'Contact' && fact.personId === personId && fact.organizationId === organizationId) ?? '';
      return { id, organizationId, whole, administrator };
    }),
    analystId: groups ? idOf((fact) => fact.type === 'Analyst' && fact.personId === personId) : null,
    groupIds: (groups ?? []).map((code) => idOf((fact) => fact.type === 'Group' && fact.code === code) ?? ''),
    supervisor,
    ombudsman: groups?.includes('ombudsman') ?? false,
  };
}

const belongsTo = ({ contacts }: Standing, organizationId: string): boolean =>
  contacts.some((contact) => contact.organizationId === organizationId);

/** What the object of this id is to a person; FOREIGN also where nothing has the id. */
export function relationTo(person: Standing, id: string, facts: Facts): Relation {
  const fact = facts.get(id);
  const staff = person.analystId !== null;
  switch (fact?.type) {
    case 'Ticket': {
      if (person.contacts.some((contact) => contact.id === fact.requesterId)) return 'REQUESTER';
      if (fact.restricted) return person.ombudsman ? 'OMBUDSMAN' : 'FOREIGN';
      if (person.contacts.some((contact) => contact.whole && contact.organizationId === fact.organizationId)) return 'ORGANIZATION';
      if (person.supervisor) return 'SUPERVISOR';
      if (fact.groupId && person.groupIds.includes(fact.groupId)) return 'QUEUE';
      if (person.analystId && fact.analystIds.includes(person.analystId)) return 'BOUND';
      return belongsTo(person, fact.organizationId) ? 'COLLEAGUE' : 'FOREIGN';
    }
    case 'Comment':
      return fact.internal && !staff ? 'FOREIGN' : relationTo(person, fact.ticketId, facts);
    case 'TicketEvent':
      return fact.audience === 'PUBLIC' || (fact.audience === 'INTERNAL' && staff) ? relationTo(person, fact.ticketId, facts) : 'FOREIGN';
    case 'TicketDraft':
      return (fact.personId !== null && fact.personId === person.personId) || isOpener(person, fact.openedById) ? 'SELF' : 'FOREIGN';
    case 'Attachment':
      if (fact.uploaderId === person.personId && (fact.ticketId === null || canSee(person, fact.ticketId, facts))) return 'UPLOADER';
      if (fact.ticketId === null || (fact.visibility !== 'PUBLIC' && !staff)) return 'FOREIGN';
      return relationTo(person, fact.ticketId, facts);
    case 'Article': {
      if (staff) return 'STAFF';
      const fits = fact.audience === 'PUBLIC' || (fact.audience === 'CLIENTS' && person.contacts.length > 0);
      return fact.status === 'PUBLISHED' && fits ? 'READER' : 'FOREIGN';
    }
    case 'Contact':
      if (fact.personId === person.personId && person.contacts.some((own) => own.id === id)) return 'SELF';
      if (staff) return person.supervisor ? 'SUPERVISOR' : 'STAFF';
      if (person.contacts.some((own) => own.administrator && own.organizationId === fact.organizationId)) return 'ADMINISTERED';
      if (!belongsTo(person, fact.organizationId)) return 'FOREIGN';
      return fact.administrator && fact.active ? 'ITS_ADMINISTRATOR' : 'COLLEAGUE';
    case 'ApiKey':
      return fact.personId === person.personId ? 'SELF' : person.supervisor ? 'SUPERVISOR' : 'FOREIGN';
    case 'Organization':
      return staff ? 'STAFF' : belongsTo(person, id) ? 'MEMBER' : 'FOREIGN';
    case 'Person':
      return id === person.personId ? 'SELF' : person.supervisor ? 'SUPERVISOR' : 'FOREIGN';
    case 'AuditEntry':
      return profiles[person.who].auditor ? 'AUDITOR' : 'FOREIGN';
    case 'Analyst':
    case 'Group':
      if (staff) return person.supervisor ? 'SUPERVISOR' : 'STAFF';
      return person.contacts.length > 0 ? 'CLIENT' : profiles[person.who].auditor ? 'AUDITOR' : 'FOREIGN';
    default:
      return 'FOREIGN';
  }
}

const isOpener = ({ contacts, analystId }: Standing, openedById: string | null): boolean =>
  openedById !== null && (openedById === analystId || contacts.some(({ id }) => id === openedById));

const canSee = (person: Standing, ticketId: string, facts: Facts): boolean =>
  !['FOREIGN', 'COLLEAGUE'].includes(relationTo(person, ticketId, facts));
