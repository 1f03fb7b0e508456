import type { Envelope } from '@atende/events';
import { encodeCursor } from '@atende/service/process';
import { liveResolvers } from './toy-live.ts';
import { coded, type Resolvers, type ToyContext } from './toy-service.ts';

export interface ToyEvent {
  id: string;
  ticketId: string;
  type: string;
  position: number;
}

export interface ToyTicket {
  id: string;
  number: string;
  subject: string;
  status: string;
  requesterId: string;
  watcherIds: string[];
  organizationId: string;
  /** Seen by these persons only, whatever class they are of. */
  onlyFor?: string[];
}

/** What the toy services know. Each test has its own. */
export interface ToyData {
  /** What tickets has recorded, by position; the epoch changes at a restore. */
  stream: Envelope[];
  epoch: string;
  tickets: Map<string, ToyTicket>;
  events: Map<string, ToyEvent>;
  contacts: Map<string, { id: string; name: string; email: string | null; organizationId: string }>;
}

export function toyData(): ToyData {
  const contacts = new Map(
    ['ana', 'bruno', 'carla'].map((name) => [
      `con_${name}`,
      { id: `con_${name}`, name, email: name === 'carla' ? null : `${name}@acme.example`, organizationId: 'org_acme' },
    ]),
  );
  const tickets = new Map(
    [1, 2, 3, 4].map((n) => {
      const requesterId = n % 2 ? 'con_ana' : 'con_bruno';
      return [
        `tkt_${n}`,
        {
          id: `tkt_${n}`,
          number: `${n}`,
          subject: `ticket ${n}`,
          status: 'OPEN',
          requesterId,
          watcherIds: ['con_carla', 'con_ana'],
          organizationId: n === 4 ? 'org_globex' : 'org_acme',
        },
      ];
    }),
  );
  return { stream: [], epoch: 'e1', tickets, contacts, events: new Map() };
}

const stub = (type: string) => (id: string) => ({ __typename: type, id });
const contact = stub('Contact');
const page = (nodes: unknown[]) => ({
  edges: nodes.map((node, at) => ({ node, cursor: `c${at}` })),
  pageInfo: { hasNextPage: false, endCursor: null },
  total: nodes.length,
});
const comment = (id: string) => ({
  __typename: 'Comment',
  id,
  body: `body of ${id}`,
  author: contact('con_ana'),
  ticketId: id.replace('cmt', 'tkt').slice(0, 5),
});

export function ticketsResolvers(data: ToyData): Resolvers {
  const ticket = (id: string) => data.tickets.get(id) ?? null;
  return {
    Query: {
      ...liveResolvers(data),
      ticket: (_: unknown, { id }: { id: string }) => ticket(id),
      tickets: (_: unknown, { first, last }: { first?: number; last?: number }) => page([...data.tickets.values()].slice(0, first ?? last)),
      find: (_: unknown, { text, first }: { text: string; first: number }) =>
        [...data.tickets.values()]
          .flatMap((one) => [{ __typename: 'Ticket', ...one }, comment(`cmt_${one.number}${text}`)])
          .slice(0, first),
    },
    Mutation: {
      openTicket: (_: unknown, { subject }: { subject: string }) => {
        const id = `tkt_${data.tickets.size + 1}`;
        data.tickets.set(id, {
          id,
          number: `${data.tickets.size + 1}`,
          subject,
          status: 'NEW',
          requesterId: 'con_ana',
          watcherIds: [],
          organizationId: 'org_acme',
        });
        return { ticket: ticket(id) };
      },
      enter: () => ({ ticket: null }),
      rename: (_: unknown, { id, subject }: { id: string; subject: string }) => {
        const found = ticket(id);
        if (!found) throw coded('NOT_FOUND', 'Not found.');
        found.subject = subject;
        return { ticket: found };
      },
    },
    Ticket: {
      __resolveReference: ({ id }: { id: string }) => ticket(id),
      requester: ({ requesterId }: { requesterId: string }) => contact(requesterId),
      watchers: ({ watcherIds }: { watcherIds: string[] }) => watcherIds.map(contact),
      allowedActions: (_: unknown, __: unknown, { viewer }: ToyContext) => [`by ${viewer.personId}`],
      comments: ({ number }: { number: string }, { first }: { first?: number }) =>
        page([1, 2, 3].slice(0, first).map((n) => comment(`cmt_${number}${n}`))),
      tags: (parent: unknown) => [{ name: 'red', ticket: parent }],
    },
    Comment: {
      __resolveReference: ({ id }: { id: string }) => comment(id),
      ticket: ({ ticketId }: { ticketId: string }) => ticket(ticketId),
    },
    SearchResult: {
      __resolveReference: ({ text }: { text: string }) => ({ text }),
      tickets: ({ text }: { text: string }, { first }: { first?: number }) =>
        [...data.tickets.values()].filter(({ subject }) => subject.includes(text)).slice(0, first),
    },
    TicketEvent: {
      __resolveReference: ({ id }: { id: string }) => {
        const event = data.events.get(id);
        return event
          ? { ...event, cursor: encodeCursor({ epoch: data.epoch, position: event.position }), ticket: ticket(event.ticketId) }
          : null;
      },
    },
    SearchHit: { __resolveType: ({ __typename }: { __typename: string }) => __typename },
    Node: { __resolveType: ({ __typename }: { __typename: string }) => __typename },
  };
}

export function identityResolvers(data: ToyData): Resolvers {
  return {
    Query: {
      viewer: (_: unknown, __: unknown, { viewer }: ToyContext) => (viewer.personId === null ? null : data.contacts.get('con_ana')),
      slow: () => 'finally',
      _mailbox: () => [
        {
          to: 'ana@acme.example',
          subject: '<b>Welcome</b>',
          body: 'Go to https://a.example/x?y=1&z=2 <script>alert(1)</script>',
          createdAt: '2026-01-01T00:00:00.000Z',
        },
      ],
      _endedSessions: () => ({ cursor: '', sessionIds: [] }),
    },
    Contact: {
      __resolveReference: ({ id }: { id: string }) => data.contacts.get(id) ?? null,
      email: ({ email }: { email: string | null }) => {
        if (email === null) throw coded('NOT_FOUND', 'no e-mail');
        return email;
      },
      organization: ({ organizationId }: { organizationId: string }) => ({
        __typename: 'Organization',
        id: organizationId,
        code: 'ACME01',
      }),
    },
    Organization: { __resolveReference: ({ id }: { id: string }) => (id === 'org_acme' ? { id, code: 'ACME01' } : null) },
    Node: { __resolveType: ({ __typename }: { __typename: string }) => __typename },
  };
}
