import { demoId, type Viewer } from '@atende/service';
import type { TestService } from '@atende/service/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CatalogueEntry } from '../catalogue/catalogue.ts';
import { CatalogueRow } from '../catalogue/catalogue-entry.ts';
import { option } from '../form/form-testing.ts';
import { FormVersion } from '../form/form-version.ts';
import { seedCatalogue } from '../seed/catalogue.ts';
import { ana, elisa, gisele } from '../seed/demo-people.ts';
import { type Receipts, startReceipts } from '../testing/receipts.ts';
import { clientKey, type Fault, fillForm, startTickets, tryToOpen } from '../testing-tickets.ts';
import { Ticket } from '../ticket/ticket.ts';

// The list of what may be wrong with an opening, written from the specification: on a hosting form, whose fields are of every sort.
const REQUEST_TYPE = 'value-added.cloud';
const PRODUCT = 'value-added/cloud';
const DAY = 86_400_000; // ms

interface Input {
  formId: string;
  organizationId: string | null;
  answers: { field: string; value: unknown }[];
  attachmentIds: string[];
  draftId?: string;
}

/** A contact of two organizations, of which ACME is entitled and Globex is not. */
const both: Viewer = { ...ana, contacts: [...ana.contacts, ...gisele.contacts] };
const stranger: Viewer = { ...ana, personId: demoId('per', 'stranger'), contacts: [] };

let service: TestService;
let receipts: Receipts;
let right: Input;
let unpublished: string;
let files: Record<'text' | 'foreign', string>;
beforeAll(async () => {
  receipts = await startReceipts();
  service = await startTickets({ environment: { FILES_JWKS_URL: receipts.jwksUrl } });
  const em = service.worker();
  const now = service.clock.now();
  const published = await em.findOneOrFail(FormVersion, { requestType: REQUEST_TYPE });
  em.create(FormVersion, {
    ...published,
    id: demoId('frm', 'old'),
    version: 8,
    status: 'SUPERSEDED',
    supersededAt: new Date(now.getTime() - DAY),
  });
  await em.nativeUpdate(CatalogueRow, { path: 'country:PT' }, { retired: true });
  await em.flush();
  const drafting = 'mutation ($input: SaveFormDraftInput!) { saveFormDraft(input: $input) { formVersion { id } } }';
  const { data } = await service.ask(elisa, drafting, { input: { clientKey: clientKey(), requestType: REQUEST_TYPE } });
  unpublished = data.saveFormDraft.formVersion.id;
  const context = { organizationId: demoId('org', 'ACME01') };
  const effect = option(`${PRODUCT}/effect:SLOWNESS`);
  right = { ...(await fillForm(service, both, REQUEST_TYPE, { effect }, context)), ...context, attachmentIds: [] };
  const sign = (name: string, personId: string | null, extension: string) =>
    receipts.sign({ attachmentId: demoId('att', name), personId: personId ?? '', extension }, now);
  files = { text: await sign('text', both.personId, 'txt'), foreign: await sign('foreign', gisele.personId, 'zip') };
}, 60_000);
afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await receipts[Symbol.asyncDispose]();
});

const answer =
  (field: string, value: unknown) =>
  (input: Input): Input => ({ ...input, answers: [...input.answers.filter((one) => one.field !== field), { field, value }] });
const attach =
  (name: keyof typeof files) =>
  (input: Input): Input => ({ ...input, attachmentIds: [...input.attachmentIds, files[name]] });

interface Item {
  what: string;
  spoil(input: Input): Input;
  as?: Viewer;
  code: string;
  field: string;
  says: [pt: string, en: string, es: string];
}

const items: Item[] = [
  {
    what: 'missing',
    spoil: (input) => ({ ...input, answers: input.answers.filter(({ field }) => field !== 'summary') }),
    code: 'REQUIRED',
    field: 'answers.summary',
    says: ['“Resumo”: preencha este campo.', '“Summary”: fill in this field.', '“Resumen”: complete este campo.'],
  },
  {
    what: 'hidden',
    spoil: answer('businessStoppage', option('business-stoppage:INVOICING_STOPPED')),
    code: 'HIDDEN_FIELD',
    field: 'answers.businessStoppage',
    says: [
      '“O que parou na empresa” não se aplica a este chamado: retire a resposta.',
      '“What has stopped in the business” does not apply to this ticket: take the answer out.',
      '“Qué se detuvo en la empresa” no se aplica a este ticket: quite la respuesta.',
    ],
  },
  {
    what: 'fixed',
    spoil: answer('service', option(PRODUCT)),
    code: 'FIXED_FIELD',
    field: 'answers.service',
    says: [
      '“Serviço” já vem definido e não aceita outro valor: retire a resposta.',
      '“Service” is fixed and takes no other value: take the answer out.',
      '“Servicio” ya viene definido y no acepta otro valor: quite la respuesta.',
    ],
  },
  {
    what: 'automatic',
    spoil: answer('client', 'ACME01'),
    code: 'COMPUTED_FIELD',
    field: 'answers.client',
    says: [
      '“Cliente (código e razão social)” é preenchido pelo portal: retire a resposta.',
      '“Client (code and legal name)” is filled in by the portal: take the answer out.',
      '“Cliente (código y razón social)” lo completa el portal: quite la respuesta.',
    ],
  },
  {
    what: 'computed',
    spoil: answer('criticality', 'CRITICAL'),
    code: 'COMPUTED_FIELD',
    field: 'answers.criticality',
    says: [
      '“Criticidade” é preenchido pelo portal: retire a resposta.',
      '“Criticality” is filled in by the portal: take the answer out.',
      '“Criticidad” lo completa el portal: quite la respuesta.',
    ],
  },
  {
    what: 'of the wrong kind',
    spoil: answer('incident', true),
    code: 'WRONG_KIND',
    field: 'answers.incident',
    says: ['“Incidente”: esperado um texto.', '“Incident”: expected a text.', '“Incidente”: se espera un texto.'],
  },
  {
    what: 'too long',
    spoil: answer('subject', 'x'.repeat(256)),
    code: 'TOO_LONG',
    field: 'answers.subject',
    says: [
      '“Assunto”: no máximo 255 caracteres; há 256.',
      '“Subject”: at most 255 characters; there are 256.',
      '“Asunto”: como máximo 255 caracteres; hay 256.',
    ],
  },
  {
    what: 'not an option',
    spoil: answer('origin', option('category:NONCONFORMITY')),
    code: 'NOT_AN_OPTION',
    field: 'answers.origin',
    says: [
      '“Origem”: escolha uma das opções da lista.',
      '“Origin”: choose one of the options of the list.',
      '“Origen”: elija una de las opciones de la lista.',
    ],
  },
  {
    what: 'an option of another parent',
    spoil: (input) => answer('processRoutine', routineOfAnother(input))(input),
    code: 'OPTION_OF_ANOTHER_PARENT',
    field: 'answers.processRoutine',
    says: [
      '“Processo ou rotina”: escolha uma opção do que foi escolhido em “Módulo/Produto”.',
      '“Process or routine”: choose an option of what was chosen in “Module/Product”.',
      '“Proceso o rutina”: elija una opción de lo que se eligió en “Módulo/Producto”.',
    ],
  },
  {
    what: 'retired',
    spoil: answer('originCountry', option('country:PT')),
    code: 'OPTION_RETIRED',
    field: 'answers.originCountry',
    says: [
      '“País de procedência”: esta opção não está mais disponível, escolha outra.',
      '“Country of origin”: this option is no longer available, choose another.',
      '“País de procedencia”: esta opción ya no está disponible, elija otra.',
    ],
  },
  {
    what: 'not a field',
    spoil: answer('colour', 'blue'),
    code: 'UNKNOWN_FIELD',
    field: 'answers.colour',
    says: [
      '“colour” não é um campo deste formulário.',
      '“colour” is not a field of this form.',
      '“colour” no es un campo de este formulario.',
    ],
  },
  {
    what: 'a receipt of another person',
    spoil: attach('foreign'),
    code: 'RECEIPT_INVALID',
    field: 'attachmentIds.0',
    says: [
      'Este arquivo não está disponível para você ou expirou. Envie-o de novo.',
      'This file is not available to you or has expired. Upload it again.',
      'Este archivo no está disponible para usted o venció. Súbalo de nuevo.',
    ],
  },
  {
    what: 'a file refused by policy',
    spoil: attach('text'),
    code: 'FILE_REFUSED',
    field: 'attachmentIds.0',
    says: [
      '“Anexo”: só são aceitos arquivos zip, rar.',
      '“Attachment”: only files of type zip, rar are accepted.',
      '“Adjunto”: solo se aceptan archivos zip, rar.',
    ],
  },
  {
    what: 'not entitled',
    spoil: (input) => ({ ...input, organizationId: demoId('org', 'GLBX01') }),
    code: 'NOT_ENTITLED',
    field: 'formId',
    says: [
      '“Tipo de chamado”: o contrato da organização não inclui este atendimento.',
      '“Request type”: the contract of the organization does not include this service.',
      '“Tipo de solicitud”: el contrato de la organización no incluye este servicio.',
    ],
  },
  {
    what: 'a form outdated',
    spoil: (input) => ({ ...input, formId: demoId('frm', 'old') }),
    code: 'FORM_OUTDATED',
    field: 'formId',
    says: [
      'Este formulário mudou há mais de um dia. Abra o formulário atual; o que ainda vale é mantido.',
      'This form changed more than a day ago. Open the current one; what still fits is kept.',
      'Este formulario cambió hace más de un día. Abra el actual; lo que aún vale se conserva.',
    ],
  },
];
/** What leaves no form or no organization to judge the rest by. */
const alone: Item[] = [
  {
    what: 'a form unpublished',
    spoil: (input) => ({ ...input, formId: unpublished }),
    code: 'NOT_FOUND',
    field: 'formId',
    says: ['Não encontrado.', 'Not found.', 'No encontrado.'],
  },
  {
    what: 'an organization left open',
    spoil: (input) => ({ ...input, organizationId: null }),
    code: 'ORGANIZATION_REQUIRED',
    field: 'organizationId',
    says: [
      '“Organização”: diga para qual organização é o chamado.',
      '“Organization”: say which organization the ticket is for.',
      '“Organización”: indique para qué organización es el ticket.',
    ],
  },
  {
    what: 'a contact without an organization',
    spoil: (input) => ({ ...input, organizationId: null }),
    as: stranger,
    code: 'ORGANIZATION_REQUIRED',
    field: 'organizationId',
    says: [
      '“Organização”: diga para qual organização é o chamado.',
      '“Organization”: say which organization the ticket is for.',
      '“Organización”: indique para qué organización es el ticket.',
    ],
  },
];

const languages = ['pt-BR', 'en', 'es'];
const inShort = ({ code, field, message }: Fault): string => `${code} ${field.join('.')} ${message}`;
const expected = ({ code, field, says }: Item, language: number): string => `${code} input.${field} ${says[language]}`;
/** Faults of an input in every language, and whether a ticket came of it. */
const faultsOf = (input: Input, viewer: Viewer = both): Promise<string[][]> =>
  Promise.all(
    languages.map(async (language) => {
      const { ticket, errors, failed } = await tryToOpen(service, viewer, input, { 'accept-language': language });
      expect([ticket, failed]).toEqual([null, undefined]);
      return errors.map(inShort);
    }),
  );

/** A routine of the product, below a module that was not chosen. */
function routineOfAnother({ answers }: Input): string {
  const chosen = seedCatalogue.find(({ id }) => answers.some(({ field, value }) => field === 'moduleProduct' && value === id));
  const isElsewhere = ({ level, path }: CatalogueEntry) =>
    level === 'ROUTINE' && path.startsWith(`${PRODUCT}/`) && !path.startsWith(`${chosen?.path}/`);
  return seedCatalogue.find(isElsewhere)?.id ?? '';
}

describe('bad input', () => {
  it.each([...items, ...alone])('$what is told by code, field and sentence in three languages, and nothing else is', async (item) => {
    expect(await faultsOf(item.spoil(right), item.as)).toEqual(languages.map((_, language) => [expected(item, language)]));
  });

  it('of every sort at once is told at once, each in its place; the draft is kept as it was', async () => {
    const wrong = items.reduce((input, { spoil }) => spoil(input), right);
    const { organizationId, attachmentIds, ...typed } = wrong;
    const { data } = await service.ask(
      both,
      'mutation ($input: SaveDraftInput!) { saveDraft(input: $input) { draft { id version } errors { code } } }',
      { input: { clientKey: clientKey(), ...typed, context: { organizationId, attachmentIds } } },
    );
    expect(data.saveDraft.errors).toEqual([]);
    const { id: draftId } = data.saveDraft.draft;
    const tickets = await service.worker().count(Ticket);
    const places = items.map((item) => (item.code === 'FILE_REFUSED' ? { ...item, field: 'attachmentIds.1' } : item));
    expect((await faultsOf({ ...wrong, draftId })).map((told) => told.sort())).toEqual(
      languages.map((_, language) => places.map((item) => expected(item, language)).sort()),
    );
    expect(await service.worker().count(Ticket)).toBe(tickets);
    const kept = await service.ask(both, 'query ($id: ID!) { draft(id: $id) { answers { field value } version } }', { id: draftId });
    expect(kept.data.draft).toEqual({ answers: typed.answers, version: data.saveDraft.draft.version });
  });
});
