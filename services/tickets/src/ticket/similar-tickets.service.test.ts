import { demoId, type Viewer } from '@atende/service';
import type { TestService } from '@atende/service/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ana, bruno, carla, elisa, gisele, otavio } from '../seed/demo-people.ts';
import { buildTicket } from '../testing/build-ticket.ts';
import { startTickets } from '../testing-tickets.ts';
import { Ticket } from '../ticket/ticket.ts';
import type { TicketRow } from './ticket.schema.ts';

let service: TestService;
let formId: string;
beforeAll(async () => {
  service = await startTickets();
  formId = demoId('frm', 'relationship.cst@1');
}, 60_000);
afterAll(() => service[Symbol.asyncDispose]());
beforeEach(async () => void (await service.worker().execute('delete from ticket')));

let numbers = 300_000;
const [acme, globex] = [demoId('org', 'ACME01'), demoId('org', 'GLBX01')];
const contactOf = (viewer: Viewer): string => viewer.contacts[0]?.id ?? '';
async function store(...rows: Partial<TicketRow>[]): Promise<void> {
  const built = rows.map((row) => {
    numbers += 1;
    return buildTicket({ id: demoId('tkt', String(numbers)), number: String(numbers), groupId: null, ...row });
  });
  await service.worker().insertMany(
    Ticket,
    built.map(({ ...row }) => row),
  );
}

const ASK = `query ($formId: ID!, $answers: [AnswerInput!]!, $context: OpeningContextInput) {
  evaluateForm(formId: $formId, answers: $answers, context: $context) { similarTickets { subject } } }`;
async function similar(viewer: Viewer, texts: Record<string, unknown>, { form = formId, context = {} } = {}): Promise<string[]> {
  const answers = Object.entries(texts).map(([field, value]) => ({ field, value }));
  const { data, errors } = await service.ask(viewer, ASK, { formId: form, answers, context });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.evaluateForm.similarTickets.map(({ subject }: { subject: string }) => subject);
}

describe('similar tickets', () => {
  it('share words, whatever their endings and accents; the likest first, five at most', async () => {
    await store(
      { subject: 'Emissões da nota fiscal eletrônica rejeitadas' },
      { subject: 'Nota rejeitada' },
      { subject: 'Relatório de férias desalinhado' },
      { subject: 'Impressora', description: 'A nota fiscal rejeitada não sai na impressora' },
    );
    const texts = { subject: 'Nota Fiscal Eletronica rejeitada', summary: 'Na emissao' };
    expect(await similar(ana, texts)).toEqual(['Emissões da nota fiscal eletrônica rejeitadas', 'Impressora', 'Nota rejeitada']);
    await store(...Array.from({ length: 6 }, (_, index) => ({ subject: `Coletor do depósito ${index} travado` })));
    expect(await similar(ana, { subject: 'Coletor travado' })).toHaveLength(5);
    expect(await similar(ana, { subject: 'Coletor' })).toEqual([]);
    expect(await similar(ana, {})).toEqual([]);
  });

  it('let a word count for nothing that many have', async () => {
    await store(...Array.from({ length: 12 }, (_, index) => ({ subject: `Erro no sistema ${index}` })), {
      subject: 'Erro no sistema de folha: eSocial S-1200',
    });
    expect(await similar(ana, { subject: 'Erro no sistema' })).toEqual([]);
    expect(await similar(ana, { subject: 'Erro no sistema', summary: 'eSocial S-1200 da folha' })).toEqual([
      'Erro no sistema de folha: eSocial S-1200',
    ]);
  });

  it('of the same module need one word only, and stand before others', async () => {
    const form = demoId('frm', 'software.rm@1');
    const moduleProduct = await optionOf(form, 'moduleProduct');
    await store({ subject: 'Rescisão incorreta' }, { subject: 'Rescisão parada', moduleId: moduleProduct });
    expect(await similar(ana, { summary: 'Rescisão complementar', moduleProduct }, { form })).toEqual(['Rescisão parada']);
    await store({ subject: 'Rescisão complementar' });
    expect((await similar(ana, { summary: 'Rescisão complementar', moduleProduct }, { form })).sort()).toEqual([
      'Rescisão complementar',
      'Rescisão parada',
    ]);
  });

  it('are open, of the organization for which is opened, and seen by who asks', async () => {
    const subject = 'Integração bancária recusada';
    const own = { requesterId: contactOf(bruno) };
    await store(
      { ...own, subject: `${subject} de Bruno` },
      { subject: `${subject} de Ana`, requesterId: contactOf(ana) },
      { subject: `${subject} da Globex`, organizationId: globex, requesterId: contactOf(gisele) },
      { subject: `${subject} na ouvidoria`, restricted: true, requesterId: contactOf(ana) },
      { ...own, subject: `${subject} fechada`, status: 'CLOSED' },
      { ...own, subject: `${subject} cancelada`, status: 'CANCELLED' },
      { ...own, subject: `${subject} resolvida`, status: 'RESOLVED' },
      { subject: `${subject} na fila`, groupId: demoId('grp', 'cloud'), requesterId: contactOf(ana) },
    );
    const of = async (viewer: Viewer, context?: object) =>
      (await similar(viewer, { subject }, context && { context })).map((found) => found.slice(subject.length + 1)).sort();
    const onBehalfOf = { organizationId: acme, contactId: contactOf(bruno) };
    expect(await of(bruno)).toEqual(['de Bruno', 'resolvida']);
    expect(await of(ana)).toEqual(['de Ana', 'de Bruno', 'na fila', 'na ouvidoria', 'resolvida']);
    expect(await of(gisele)).toEqual(['da Globex']);
    expect(await of(carla, { onBehalfOf })).toEqual(['na fila']);
    expect(await of(elisa, { onBehalfOf })).toEqual(['de Ana', 'de Bruno', 'na fila', 'resolvida']);
    expect(await of(otavio, { onBehalfOf })).toEqual(['na ouvidoria']);
    expect(await of(carla)).toEqual([]);
  });

  it('are never the ticket itself that is classified', async () => {
    await store({ subject: 'Nota fiscal recusada' }, { subject: 'Nota fiscal recusada de novo' });
    const { id } = await service.worker().findOneOrFail(Ticket, { subject: 'Nota fiscal recusada' });
    const found = await similar(elisa, { subject: 'Nota fiscal recusada' }, { context: { ticketId: id } });
    expect(found).toEqual(['Nota fiscal recusada de novo']);
  });

  it.each([
    ['a very long text', 'nota fiscal '.repeat(5_000)],
    ['ten thousand different words', Array.from({ length: 8_000 }, (_, index) => `p${index}`).join(' ')],
    ['markup', '<!--'.repeat(12_000)],
    ['operators and quotes', `'' | & ! ( ) :* \\ " nota ' fiscal <-> é $$ ; drop table ticket`],
  ])('are looked for with %s without any harm', async (_, summary) => {
    await store({ subject: 'Nota fiscal recusada' });
    expect(await similar(ana, { subject: 'Nota fiscal', incident: summary })).toEqual(['Nota fiscal recusada']);
  });
});

async function optionOf(form: string, field: string): Promise<string> {
  const { data } = await service.ask(
    ana,
    'query ($form: ID!, $field: String!) { fieldOptions(formId: $form, field: $field, first: 1) { edges { node { id } } } }',
    { form, field },
  );
  return data.fieldOptions.edges[0].node.id;
}
