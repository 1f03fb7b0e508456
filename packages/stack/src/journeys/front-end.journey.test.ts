import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { repositoryRoot } from '../repository.ts';
import { withStack } from '../testing/with-stack.ts';
import { clientKey } from './filling.ts';
import { draw, type Filled, fillIn, type Typist } from './front-end.ts';
import { type Person, Portal } from './portal.ts';

let portal: Portal;
withStack((stack) => {
  portal = new Portal(stack.url);
});

const FORM = 'query ($requestType: String!) { requestForm(requestType: $requestType) { id } }';
const OPEN = 'mutation ($input: OpenTicketInput!) { openTicket(input: $input) { ticket { number } errors { code } } }';
const file = Buffer.from('504b0506000000000000000000000000000000000000', 'hex'); // the smallest archive there is: an empty one

const software = ['rm', 'protheus', 'datasul', 'logix', 'winthor', 'wms'].map((product) => `software.${product}`);
const hosting = ['value-added.cloud', 'value-added.datacenter'];
const otherServices = ['value-added.infra', 'value-added.rmo', 'value-added.bpo-hr'];
const requestTypes = [...software, 'relationship.cst', 'relationship.ombudsman', ...hosting, ...otherServices, 'technical-support'];

async function fillForm(typist: Typist, requestType: string): Promise<Filled> {
  const { requestForm } = await typist.person.get(FORM, { requestType });
  return fillIn(typist, { formId: requestForm.id, answers: [], context: {} });
}

/** What comes of a form that was drawn in every language, filled in and sent: `opened`, or everything that is wrong. */
async function outcome(typist: Typist, requestType: string): Promise<string> {
  const { context, ...filled } = await fillForm(typist, requestType);
  const screens = [];
  for (const language of ['pt-BR', 'en', 'es']) screens.push(await draw(typist, { ...filled, context }, language));
  const wrong = [...new Set(screens.map((lines) => lines.filter((line) => /^!| \*: $|^: /.test(line)).length))];
  const { openTicket } = await typist.person.get(OPEN, { input: { clientKey: clientKey(), ...filled, ...context } });
  const { ticket, errors } = openTicket as { ticket: object | null; errors: { code: string }[] };
  return `${ticket ? 'opened' : errors.map(({ code }) => code).join(', ')}, ${wrong.join(' or ')} wrong on the screen`;
}

const everywhere = (fate: string, types: string[]) => Object.fromEntries(types.map((type) => [type, fate]));
const OPENED = 'opened, 0 wrong on the screen';
const NOT_ENTITLED = 'NOT_ENTITLED, 1 wrong on the screen';

describe('a front end without rules draws every form in three languages, fills it in and opens it where it may', () => {
  it.each([
    ['a contact of ACME', 'bruno@acme.example', null, everywhere(NOT_ENTITLED, otherServices)],
    ['a contact of Globex, a BSO client', 'gisele@globex.example', null, everywhere(NOT_ENTITLED, [...hosting, ...otherServices])],
    [
      ...['staff on behalf of a contact of Globex', 'carla@support.example', 'hugo@globex.example'],
      {
        ...everywhere(NOT_ENTITLED, [...hosting, ...otherServices]),
        'relationship.ombudsman': 'FORBIDDEN, 1 wrong on the screen',
      },
    ],
  ] as [string, string, string | null, Record<string, string>][])(
    'for %s',
    async (_, email, client, refused) => {
      const person = await portal.as(email);
      const typist = { person, file, client: client === null ? null : await contactOf(person, client) };
      const outcomes: [string, string][] = [];
      for (const type of requestTypes) outcomes.push([type, await outcome(typist, type)]);
      expect(Object.fromEntries(outcomes)).toEqual({ ...everywhere(OPENED, requestTypes), ...refused });
    },
    180_000,
  );
});

it('it has fifty lines', () => {
  const source = readFileSync(join(repositoryRoot, 'packages/stack/src/journeys/front-end.ts'), 'utf8');
  const code = source.split('\n').filter((line) => line.trim() && !/^\s*(\/\/|\/\*\*)/.test(line));
  expect(code.length).toBeLessThanOrEqual(50);
});

it('the screen reads in the language asked for, with names that identity says', async () => {
  const typist = { person: await portal.as('bruno@acme.example'), client: null, file };
  const filled = await fillForm(typist, 'relationship.cst');
  const screen = async (language: string) => (await draw(typist, filled, language)).map((line) => line.replace(/: att_.*/, ''));
  expect(await screen('pt-BR')).toEqual([
    ...['Service Centre (CST)', 'Cliente (código e razão social): ACME01 – ACME Indústria Ltda.', 'Contato do cliente: Bruno Lima'],
    ...['País de procedência *: Brasil', 'Assunto *: Assunto', 'Resumo *: Resumo', 'Incidente *: Incidente'],
    ...['E-mails adicionais: copia@cliente.example', 'Anexo', '[Abrir chamado]', '100 %'],
  ]);
  expect(await screen('en')).toEqual([
    ...['Service Centre (CST)', 'Client (code and legal name): ACME01 – ACME Indústria Ltda.', 'Client contact: Bruno Lima'],
    ...['Country of origin *: Brazil', 'Subject *: Assunto', 'Summary *: Resumo', 'Incident *: Incidente'],
    ...['Additional e-mails: copia@cliente.example', 'Attachment', '[Open ticket]', '100 %'],
  ]);
  expect(await screen('es')).toEqual([
    ...['Centro de servicios (CST)', 'Cliente (código y razón social): ACME01 – ACME Indústria Ltda.', 'Contacto del cliente: Bruno Lima'],
    ...['País de procedencia *: Brasil', 'Asunto *: Assunto', 'Resumen *: Resumo', 'Incidente *: Incidente'],
    ...['Correos adicionales: copia@cliente.example', 'Adjunto', '[Abrir ticket]', '100 %'],
  ]);
});

/** A client's contact, found as staff find it. */
async function contactOf(person: Person, email: string): Promise<object> {
  const { contacts } = await person.get('{ contacts(first: 100) { edges { node { id email organization { id } } } } }');
  const nodes: { id: string; email: string; organization: { id: string } }[] = contacts.edges.map((edge: { node: object }) => edge.node);
  const found = nodes.find((one) => one.email === email);
  return { organizationId: found?.organization.id, contactId: found?.id };
}
