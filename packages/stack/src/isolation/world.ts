import { demoId } from '@atende/service/ids';
import { isCaughtUp } from '../caught-up.ts';
import { clientKey, fill, open } from '../journeys/filling.ts';
import type { Person } from '../journeys/portal.ts';
import { waitUntil } from '../wait-until.ts';
import type { Crowd } from './hiring.ts';
import type { Place } from './place.ts';

/** Something that only some may see: its id, and words that appear wherever it is shown. Who sees it follows from its id. */
export interface Thing {
  name: string;
  id: string;
  words: string[];
}

/** An id of the same type that was never given. */
export const absentLike = (id: string): string => `${id.slice(0, -8)}zzzzzzzz`;

const OPEN = 'mutation ($input: OpenTicketInput!) { openTicket(input: $input) { ticket { id } errors { code field } } }';
const ACT = (mutation: string, input: string): string =>
  `mutation ($input: ${input}!) { ${mutation}(input: $input) { ticket { id comments(first: 100) { edges { node { id body } } } } errors { code field } } }`;

/** Makes, through the gateway, something of every kind for every audience. */
export async function makeWorld(place: Place, as: Crowd): Promise<Thing[]> {
  const things: Thing[] = [];
  const made = (name: string, id: string, ...words: string[]): string => {
    things.push({ name, id, words });
    return id;
  };
  const ticket = async (name: string, person: Person, requestType = 'technical-support', context: object = {}): Promise<string> => {
    const subject = word(name);
    if (Object.keys(context).length === 0) return made(`ticket ${name}`, (await open(person, requestType, {}, { subject })).id, subject);
    const filled = await fill(person, requestType, { subject }, context);
    const { openTicket } = await person.get(OPEN, { input: { clientKey: clientKey(), ...filled, ...context } });
    if (!openTicket.ticket) throw new Error(JSON.stringify(openTicket.errors));
    return made(`ticket ${name}`, openTicket.ticket.id, subject);
  };
  const say = async (person: Person, mutation: string, ticketId: string, name: string, more: object = {}): Promise<void> => {
    const body = word(name);
    const answer = await person.get(ACT(mutation, 'TicketMessageInput'), { input: { clientKey: clientKey(), ticketId, body, ...more } });
    const { ticket: on, errors } = answer[mutation];
    if (!on) throw new Error(JSON.stringify(errors));
    const edges: { node: { id: string; body: string } }[] = on.comments.edges;
    const id = edges.find(({ node }) => node.body === body)?.node.id;
    if (id) made(`${mutation} ${name}`, id, body);
    else made(`ticket ${name}, which continues another`, on.id, body);
  };
  const file = async (person: Person, name: string): Promise<{ id: string; receipt: string }> => {
    const fileName = `${word(name)}txt`;
    const id = made(
      `file ${name}`,
      await person.upload({ clientKey: clientKey(), fileName, contentType: 'text/plain' }, Buffer.from(name)),
      fileName,
    );
    const { attachment } = await person.get('query ($id: ID!) { attachment(id: $id) { receipt } }', { id });
    return { id, receipt: attachment.receipt };
  };

  const draft = async (name: string, person: Person): Promise<void> => {
    const { formId } = await fill(person, 'technical-support');
    const subject = word(name);
    const { saveDraft } = await person.get(
      'mutation ($input: SaveDraftInput!) { saveDraft(input: $input) { draft { id } errors { code field } } }',
      { input: { clientKey: clientKey(), formId, answers: [{ field: 'subject', value: subject }] } },
    );
    made(`draft ${name}`, saveDraft.draft.id, subject);
  };

  const [acme, globex] = [demoId('org', 'ACME01'), demoId('org', 'GLBX01')];
  const brunos = await ticket('BRUNO', as.bruno);
  await ticket('ANA', as.ana);
  const giseles = await ticket('GISELE', as.gisele);
  await ticket('DORA-ACME', as.dora, 'technical-support', { organizationId: acme });
  await ticket('DORA-GLOBEX', as.dora, 'technical-support', { organizationId: globex });
  const onBehalf = await ticket('EM-NOME', as.fabio, 'technical-support', {
    onBehalfOf: { organizationId: acme, contactId: demoId('con', 'bruno@acme.example') },
  });
  const restricted = await ticket('OUVIDORIA', as.bruno, 'relationship.ombudsman');
  await ticket('OUVIDORIA-DORA', as.dora, 'relationship.ombudsman', { organizationId: globex });
  const over = await ticket('OUVIDORIA-ENCERRADA', as.bruno, 'relationship.ombudsman');

  await draft('RASCUNHO-BRUNO', as.bruno);
  await draft('RASCUNHO-GISELE', as.gisele);
  await draft('RASCUNHO-CARLA', as.carla);

  await say(as.gisele, 'replyToTicket', giseles, 'MENSAGEM-GISELE');
  await say(as.bruno, 'replyToTicket', brunos, 'MENSAGEM-BRUNO');
  await say(as.bruno, 'replyToTicket', restricted, 'MENSAGEM-OUVIDORIA');
  await say(as.carla, 'addInternalNote', brunos, 'NOTA');
  await say(as.otavio, 'addInternalNote', restricted, 'NOTA-OUVIDORIA');
  await as.otavio.get(ACT('takeTicket', 'TicketActionInput'), { input: { ticketId: over } });
  await say(as.otavio, 'proposeSolution', over, 'SOLUCAO', { resolution: 'CLARIFICATION' });
  await as.bruno.get(ACT('acceptSolution', 'TicketActionInput'), { input: { ticketId: over } });
  await say(as.bruno, 'replyToTicket', over, 'CONTINUA');

  await caughtUp(place);
  await file(as.bruno, 'SOLTO');
  await say(as.bruno, 'replyToTicket', brunos, 'COM-ARQUIVO', { attachmentIds: [(await file(as.bruno, 'PUBLICO')).receipt] });
  await say(as.carla, 'addInternalNote', brunos, 'NOTA-COM-ARQUIVO', { attachmentIds: [(await file(as.carla, 'DA-NOTA')).receipt] });
  await say(as.bruno, 'replyToTicket', restricted, 'OUVIDORIA-COM-ARQUIVO', {
    attachmentIds: [(await file(as.bruno, 'OUVIDORIA')).receipt],
  });
  await say(as.gisele, 'replyToTicket', giseles, 'GISELE-COM-ARQUIVO', { attachmentIds: [(await file(as.gisele, 'GISELE')).receipt] });
  await say(as.fabio, 'replyToTicket', onBehalf, 'DE-FABIO', { attachmentIds: [(await file(as.fabio, 'DE-FABIO')).receipt] });
  await say(as.bruno, 'replyToTicket', onBehalf, 'EM-NOME-COM-ARQUIVO', { attachmentIds: [(await file(as.bruno, 'EM-NOME')).receipt] });
  await caughtUp(place);
  for (const who of ['ana', 'bruno'] as const) {
    const { viewer } = await as[who].get('{ viewer { apiKeys { id } } }');
    made(`API key of ${who}`, viewer.apiKeys[0].id);
  }
  return [...things, ...ofTheDemo];
}

/** No word is a part of another. */
const word = (name: string): string => `CANARIO-${name}.`;

const HOPS = 2; // a file that came with a message: tickets tells attachments, which tells tickets

/** Until every service knows of the others what has happened, and what that made happen. */
export async function caughtUp({ services }: Place): Promise<void> {
  const databases = new Map(Object.entries(services).map(([name, { DATABASE_WORKER_URL = '' }]) => [name, DATABASE_WORKER_URL]));
  const patience = AbortSignal.timeout(15_000);
  for (let hop = 0; hop <= HOPS; hop++) await waitUntil(() => isCaughtUp(databases), patience, 50);
}

const thing = (type: string, prefix: string, name: string, ...words: string[]): Thing => ({
  name: `${type} ${name}`,
  id: demoId(prefix, name),
  words,
});
const ofTheDemo: Thing[] = [
  thing('organization', 'org', 'ACME01', 'ACME Indústria'),
  thing('organization', 'org', 'GLBX01', 'Globex Comércio'),
  thing('contact', 'con', 'bruno@acme.example'),
  thing('contact', 'con', 'gisele@globex.example'),
  thing('contact', 'con', 'hugo@globex.example'),
  thing('person', 'per', 'bruno@acme.example'),
  thing('person', 'per', 'gisele@globex.example'),
  thing('analyst', 'ana', 'carla@support.example'),
  thing('group', 'grp', 'ombudsman'),
  thing('article', 'art', 'onda-presa-no-coletor', 'Onda de separação presa no coletor'),
  thing('article', 'art', 'portal-abrir-chamado'),
  thing('article', 'art', 'interno-quando-escalar', 'Quando escalar para o N2'),
  thing('article', 'art', 'mrp-parametros-rascunho', 'MRP (MATA712): parâmetros que mudam o resultado'),
];
