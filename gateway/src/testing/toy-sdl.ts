/** SDL of two small services that use every directive the gateway reads. */
export const TICKETS_SDL = `
extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@inaccessible", "@composeDirective"])
  @link(url: "https://atende.dev/personal/v1.0", import: ["@personal"])
  @composeDirective(name: "@personal")
  @link(url: "https://atende.dev/attempt/v1.0", import: ["@attempt"])
  @composeDirective(name: "@attempt")

directive @personal on FIELD_DEFINITION
directive @attempt on FIELD_DEFINITION
directive @node(prefix: String!) on OBJECT
directive @live(field: String!, aggregate: String, audience: String!, answers: [String!]) repeatable on OBJECT
directive @entry(field: String!) on OBJECT

scalar JSON

enum TicketStatus { NEW OPEN CLOSED }

input TicketFilter { status: [TicketStatus!] text: String }

interface Node { id: ID! }

type Ticket implements Node @key(fields: "id") @node(prefix: "tkt") {
  id: ID!
  "Short and human."
  number: String!
  subject: String!
  status: TicketStatus!
  requester: Contact
  watchers: [Contact]!
  allowedActions: [String!]! @personal
  comments(first: Int, after: String, last: Int, before: String): CommentConnection!
  tags(first: Int): [Tag!]!
}

type Tag { name: String!  ticket: Ticket }

type Comment implements Node @key(fields: "id") @node(prefix: "cmt") { id: ID!  body: String!  author: Contact  ticket: Ticket! }
type CommentEdge { node: Comment!  cursor: String! }
type CommentConnection { edges: [CommentEdge!]!  pageInfo: PageInfo! }
type TicketEdge { node: Ticket!  cursor: String! }
type TicketConnection { edges: [TicketEdge!]!  pageInfo: PageInfo!  total: Int! }
type PageInfo @shareable { hasNextPage: Boolean!  endCursor: String }

type Contact @key(fields: "id", resolvable: false) { id: ID! }

type TicketEvent @key(fields: "id")
  @live(field: "ticketChanged(ticketId: ID!, after: String): TicketEvent!", aggregate: "ticketId", audience: "_ticketEventAudience", answers: ["matches: Boolean!"])
  @live(field: "ticketsChanged(filter: TicketFilter, after: String): TicketEvent!", audience: "_ticketEventAudience", answers: ["matches: Boolean!"])
{
  id: ID!
  cursor: String!
  type: String!
  ticket: Ticket
}

type EventFeed @inaccessible @shareable { epoch: String!  position: Int!  events: [JSON!]! }
type EventAudience @inaccessible @shareable { matches: Boolean!  perPerson: Boolean! }
input EventWatcherInput @inaccessible { viewer: JSON!  filter: JSON }

union SearchHit = Ticket | Comment

type SearchResult @key(fields: "text") @entry(field: "search(text: String!): SearchResult!") { text: String!  tickets(first: Int): [Ticket!] }

type Query {
  ticket(id: ID!): Ticket
  tickets(filter: TicketFilter, first: Int, after: String, last: Int, before: String): TicketConnection!
  find(text: String!, first: Int!): [SearchHit!]!
  _ticketEventAudience(eventId: ID!, watchers: [EventWatcherInput!]!): [EventAudience]! @inaccessible
  _events(after: String, first: Int!): EventFeed! @inaccessible @shareable
}

type TicketPayload { ticket: Ticket }

type Mutation {
  openTicket(subject: String!): TicketPayload!
  rename(id: ID!, subject: String!): TicketPayload!
  enter(code: String!): TicketPayload! @attempt
}
`;

export const IDENTITY_SDL = `
extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@inaccessible"])

directive @node(prefix: String!) on OBJECT
directive @entry(field: String!) on OBJECT

scalar JSON

interface Node { id: ID! }

type SearchResult @key(fields: "text") @entry(field: "search(text: String!): SearchResult!") { text: String!  contacts(first: Int): [Contact!] }

type Contact implements Node @key(fields: "id") @node(prefix: "con") { id: ID!  name: String!  email: String  organization: Organization! }
type Organization implements Node @key(fields: "id") @node(prefix: "org") { id: ID!  code: String! }

type EventFeed @inaccessible @shareable { epoch: String!  position: Int!  events: [JSON!]! }
type Mail @inaccessible { to: String!  subject: String!  body: String!  createdAt: String! }
type EndedSessions @inaccessible { cursor: String!  sessionIds: [ID!]! }

type Query {
  viewer: Contact
  slow: String
  _events(after: String, first: Int!): EventFeed! @inaccessible @shareable
  _endedSessions(after: String): EndedSessions! @inaccessible
  _mailbox(first: Int!): [Mail!]! @inaccessible
}
`;

export const TOY_SERVICES = [
  { name: 'tickets', url: 'http://127.0.0.1:1/graphql', sdl: TICKETS_SDL },
  { name: 'identity', url: 'http://127.0.0.1:2/graphql', sdl: IDENTITY_SDL },
];
