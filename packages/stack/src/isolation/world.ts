import { demoId } from '@atende/service/ids';
import { clientKey, open } from '../journeys/filling.ts';
import type { Person } from '../journeys/portal.ts';
import type { Who } from './access.ts';

/** Something that only some may see: its id, and words that appear wherever it is shown. */
export interface Thing {
  name: string;
  id: string;
  words: string[];
  seenBy: Who[];
}

const clients: Who[] = ['ana', 'bruno', 'gisele', 'hugo'];
const staffOfAll: Who[] = ['carla', 'diego', 'elisa', 'otavio'];

// Whose the tickets are: ACME's technical support goes to n1-software, Globex's, a BSO client, to bso-ams.
const ofBruno: Who[] = ['bruno', 'ana', 'carla', 'elisa'];
const ofAna: Who[] = ['ana', 'carla', 'elisa'];
const ofGisele: Who[] = ['gisele', 'hugo', 'carla', 'diego', 'elisa'];
const ombudsman: Who[] = ['bruno', 'otavio'];

/** Makes, through the gateway, something of every kind for every audience. Who sees what is written from the specification. */
export async function makeWorld(as: Record<Exclude<Who, 'nobody'>, Person>): Promise<Thing[]> {
  const ticket = async (name: string, person: Person, seenBy: Who[], requestType = 'technical-support'): Promise<Thing> => {
    const word = `CANARIO-${name}`;
    const { id } = await open(person, requestType, {}, { subject: word });
    return { name: `ticket of ${name}`, id, words: [word], seenBy };
  };
  const tickets = [
    await ticket('BRUNO', as.bruno, ofBruno),
    await ticket('ANA', as.ana, ofAna),
    await ticket('GISELE', as.gisele, ofGisele),
    await ticket('OUVIDORIA', as.bruno, ombudsman, 'relationship.ombudsman'),
  ];
  const [brunos, , giseles, restricted] = tickets as [Thing, Thing, Thing, Thing];
  const comments = [
    await comment(as.gisele, 'replyToTicket', giseles, 'CANARIO-MENSAGEM-GISELE', ofGisele),
    await comment(as.bruno, 'replyToTicket', brunos, 'CANARIO-MENSAGEM-BRUNO', ofBruno),
    await comment(as.bruno, 'replyToTicket', restricted, 'CANARIO-MENSAGEM-OUVIDORIA', ombudsman),
    await comment(as.carla, 'addInternalNote', brunos, 'CANARIO-NOTA', ['carla', 'elisa']),
  ];
  return [...tickets, ...comments, ...people, ...articles];
}

async function comment(person: Person, mutation: string, ticket: Thing, body: string, seenBy: Who[]): Promise<Thing> {
  const answer = await person.get(
    `mutation ($input: TicketMessageInput!) { ${mutation}(input: $input) { ticket { comments(first: 100) { edges { node { id body } } } } errors { code } } }`,
    { input: { clientKey: clientKey(), ticketId: ticket.id, body } },
  );
  const edges: { node: { id: string; body: string } }[] = answer[mutation].ticket.comments.edges;
  const id = edges.find(({ node }) => node.body === body)?.node.id ?? '';
  return { name: `${mutation} ${body}`, id, words: [body], seenBy };
}

const organization = (code: string, name: string, seenBy: Who[]): Thing => ({
  name: `organization ${code}`,
  id: demoId('org', code),
  words: [name],
  seenBy: [...seenBy, ...staffOfAll],
});
const contact = (email: string, seenBy: Who[]): Thing => ({
  name: `contact ${email}`,
  id: demoId('con', email),
  words: [email],
  seenBy: [...seenBy, ...staffOfAll],
});

const people: Thing[] = [
  organization('ACME01', 'ACME Indústria', ['ana', 'bruno']),
  organization('GLBX01', 'Globex Comércio', ['gisele', 'hugo']),
  contact('bruno@acme.example', ['ana', 'bruno']),
  contact('gisele@globex.example', ['gisele', 'hugo']),
];

const article = (code: string, title: string, seenBy: Who[]): Thing => ({
  name: `article ${code}`,
  id: demoId('art', code),
  words: [title],
  seenBy,
});

const articles: Thing[] = [
  article('onda-presa-no-coletor', 'Onda de separação presa no coletor', [...clients, ...staffOfAll]),
  article('interno-quando-escalar', 'Quando escalar para o N2', staffOfAll),
  article('mrp-parametros-rascunho', 'MRP (MATA712): parâmetros que mudam o resultado', staffOfAll),
];
