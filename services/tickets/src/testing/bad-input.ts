import { demoId, type Viewer } from '@atende/service';
import type { CatalogueEntry } from '../catalogue/catalogue.ts';
import { option } from '../form/form-testing.ts';
import { seedCatalogue } from '../seed/catalogue.ts';
import { ana } from '../seed/demo-people.ts';

// What may be wrong with an opening, written from the specification.

export const REQUEST_TYPE = 'value-added.cloud';
export const PRODUCT = 'value-added/cloud';

export interface Input {
  formId: string;
  organizationId: string | null;
  answers: { field: string; value: unknown }[];
  attachmentIds: string[];
  draftId?: string;
}

/** What there is to be wrong with: receipts of a text file and of somebody else's archive, a form that nobody published. */
export interface World {
  text: string;
  foreign: string;
  unpublished: string;
}

const answer =
  (field: string, value: unknown) =>
  (input: Input): Input => ({ ...input, answers: [...input.answers.filter((one) => one.field !== field), { field, value }] });
const attach =
  (name: 'text' | 'foreign') =>
  (input: Input, world: World): Input => ({ ...input, attachmentIds: [...input.attachmentIds, world[name]] });

/** One thing that is wrong, and what is told of it: code, path in the input, and a sentence in three languages. */
export interface Item {
  what: string;
  spoil(input: Input, world: World): Input;
  as?: Viewer;
  code: string;
  field: string;
  says: [pt: string, en: string, es: string];
}

/** On a hosting form, whose fields are of every sort. */
export const items: Item[] = [
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
export const alone: Item[] = [
  {
    what: 'a form unpublished',
    spoil: (input, { unpublished }) => ({ ...input, formId: unpublished }),
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
    as: { ...ana, personId: demoId('per', 'stranger'), contacts: [] },
    code: 'ORGANIZATION_REQUIRED',
    field: 'organizationId',
    says: [
      '“Organização”: diga para qual organização é o chamado.',
      '“Organization”: say which organization the ticket is for.',
      '“Organización”: indique para qué organización es el ticket.',
    ],
  },
];

/** A routine of the product, below a module that was not chosen. */
function routineOfAnother({ answers }: Input): string {
  const chosen = seedCatalogue.find(({ id }) => answers.some(({ field, value }) => field === 'moduleProduct' && value === id));
  const isElsewhere = ({ level, path }: CatalogueEntry) =>
    level === 'ROUTINE' && path.startsWith(`${PRODUCT}/`) && !path.startsWith(`${chosen?.path}/`);
  return seedCatalogue.find(isElsewhere)?.id ?? '';
}
