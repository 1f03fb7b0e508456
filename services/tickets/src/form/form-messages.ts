import type { FieldKind } from './form.ts';
import type { FormFault, FormFaultCode } from './form-fault.ts';
import { type Language, type Localized, text } from './form-text.ts';
import type { PersonalDataKind } from './privacy.ts';
import type { PrivacyHint } from './privacy-hint.ts';

/** One sentence per code; `{label}` is what the form calls the field, other names are parameters of the fault. */
const sentences: Record<FormFaultCode, Localized> = {
  REQUIRED: text('“{label}”: preencha este campo.', '“{label}”: fill in this field.', '“{label}”: complete este campo.'),
  UNKNOWN_FIELD: text(
    '“{label}” não é um campo deste formulário.',
    '“{label}” is not a field of this form.',
    '“{label}” no es un campo de este formulario.',
  ),
  HIDDEN_FIELD: text(
    '“{label}” não se aplica a este chamado: retire a resposta.',
    '“{label}” does not apply to this ticket: take the answer out.',
    '“{label}” no se aplica a este ticket: quite la respuesta.',
  ),
  FIXED_FIELD: text(
    '“{label}” já vem definido e não aceita outro valor: retire a resposta.',
    '“{label}” is fixed and takes no other value: take the answer out.',
    '“{label}” ya viene definido y no acepta otro valor: quite la respuesta.',
  ),
  COMPUTED_FIELD: text(
    '“{label}” é preenchido pelo portal: retire a resposta.',
    '“{label}” is filled in by the portal: take the answer out.',
    '“{label}” lo completa el portal: quite la respuesta.',
  ),
  DUPLICATE_ANSWER: text(
    '“{label}” foi respondido mais de uma vez: envie uma só resposta.',
    '“{label}” was answered more than once: send one answer.',
    '“{label}” fue respondido más de una vez: envíe una sola respuesta.',
  ),
  WRONG_KIND: text('“{label}”: esperado {expected}.', '“{label}”: expected {expected}.', '“{label}”: se espera {expected}.'),
  MUST_BE_ON: text('“{label}” precisa ficar marcado.', '“{label}” must be on.', '“{label}” debe quedar marcado.'),
  TOO_LONG: text(
    '“{label}”: no máximo {max} caracteres; há {length}.',
    '“{label}”: at most {max} characters; there are {length}.',
    '“{label}”: como máximo {max} caracteres; hay {length}.',
  ),
  TOO_MANY: text(
    '“{label}”: no máximo {max} itens; há {length}.',
    '“{label}”: at most {max} items; there are {length}.',
    '“{label}”: como máximo {max} elementos; hay {length}.',
  ),
  NOT_AN_OPTION: text(
    '“{label}”: escolha uma das opções da lista.',
    '“{label}”: choose one of the options of the list.',
    '“{label}”: elija una de las opciones de la lista.',
  ),
  OPTION_OF_ANOTHER_PARENT: text(
    '“{label}”: escolha uma opção do que foi escolhido em “{parent}”.',
    '“{label}”: choose an option of what was chosen in “{parent}”.',
    '“{label}”: elija una opción de lo que se eligió en “{parent}”.',
  ),
  OPTION_RETIRED: text(
    '“{label}”: esta opção não está mais disponível, escolha outra.',
    '“{label}”: this option is no longer available, choose another.',
    '“{label}”: esta opción ya no está disponible, elija otra.',
  ),
  NOT_AN_EMAIL: text(
    '“{label}”: “{value}” não é um e-mail.',
    '“{label}”: “{value}” is not an e-mail address.',
    '“{label}”: “{value}” no es un correo electrónico.',
  ),
  FILE_REFUSED: text('“{label}”: {rule}.', '“{label}”: {rule}.', '“{label}”: {rule}.'),
  NOT_ENTITLED: text(
    '“{label}”: o contrato da organização não inclui este atendimento.',
    '“{label}”: the contract of the organization does not include this service.',
    '“{label}”: el contrato de la organización no incluye este servicio.',
  ),
  ORGANIZATION_REQUIRED: text(
    '“{label}”: diga para qual organização é o chamado.',
    '“{label}”: say which organization the ticket is for.',
    '“{label}”: indique para qué organización es el ticket.',
  ),
  CHANNEL_NOT_ALLOWED: text(
    '“{label}”: só a equipe de suporte registra chamados por telefone.',
    '“{label}”: only support staff registers tickets by phone.',
    '“{label}”: solo el equipo de soporte registra tickets por teléfono.',
  ),
};

const expected: Record<FieldKind, Localized> = {
  TEXT: text('um texto', 'a text', 'un texto'),
  LONG_TEXT: text('um texto', 'a text', 'un texto'),
  BOOLEAN: text('sim ou não (true ou false)', 'yes or no (true or false)', 'sí o no (true o false)'),
  SELECT: text('o id de uma opção', 'the id of one option', 'el id de una opción'),
  MULTI_SELECT: text('uma lista de ids de opções', 'a list of option ids', 'una lista de ids de opciones'),
  EMAIL_LIST: text(
    'a lista `watchers` do pedido, e não uma resposta',
    'the list `watchers` of the request, not an answer',
    'la lista `watchers` de la solicitud, y no una respuesta',
  ),
  FILES: text(
    'a lista `attachmentIds` do pedido, e não uma resposta',
    'the list `attachmentIds` of the request, not an answer',
    'la lista `attachmentIds` de la solicitud, y no una respuesta',
  ),
  ON_BEHALF: text(
    'o objeto `onBehalfOf` do pedido, e não uma resposta',
    'the object `onBehalfOf` of the request, not an answer',
    'el objeto `onBehalfOf` de la solicitud, y no una respuesta',
  ),
  DISPLAY: text('nenhuma resposta', 'no answer', 'ninguna respuesta'),
  COMPUTED: text('nenhuma resposta', 'no answer', 'ninguna respuesta'),
};

const seemsToHold = text(
  '“{label}” parece conter {kinds}. Envie só se for necessário, ou oculte os números.',
  '“{label}” seems to contain {kinds}. Send it only if necessary, or mask the numbers.',
  '“{label}” parece contener {kinds}. Envíelo solo si es necesario, u oculte los números.',
);
const personalNumbers: Record<PersonalDataKind, Localized> = {
  CPF: text('um CPF', 'a CPF', 'un CPF'),
  CNPJ: text('um CNPJ', 'a CNPJ', 'un CNPJ'),
  CARD: text('um número de cartão', 'a card number', 'un número de tarjeta'),
};

/** What a privacy hint tells the sender. */
export function hintMessage({ label, numbers }: PrivacyHint, language: Language): string {
  const kinds = [...new Set(numbers.map(({ kind }) => personalNumbers[kind][language]))].join(', ');
  return fill(seemsToHold[language], new Map([['kinds', kinds], labelled(label, language)]));
}

const fileRules = {
  allowed: text('só são aceitos arquivos {allowed}', 'only files of type {allowed} are accepted', 'solo se aceptan archivos {allowed}'),
  maxBytes: text(
    'o arquivo tem {bytes} bytes; o máximo é {maxBytes}',
    'the file has {bytes} bytes; the maximum is {maxBytes}',
    'el archivo tiene {bytes} bytes; el máximo es {maxBytes}',
  ),
};

/** Faults as a payload carries them. */
export const formErrors = (faults: readonly FormFault[], language: Language) =>
  faults.map((fault) => ({ code: fault.code, field: fault.field, message: messageOf(fault, language) }));

export function messageOf({ code, label, params }: FormFault, language: Language): string {
  const words = new Map(Object.entries(params).map(([name, value]) => [name, typeof value === 'object' ? value[language] : String(value)]));
  words.set(...labelled(label, language));
  if (code === 'WRONG_KIND') words.set('expected', expected[params.kind as FieldKind][language]);
  if (code === 'FILE_REFUSED') words.set('rule', fill(('allowed' in params ? fileRules.allowed : fileRules.maxBytes)[language], words));
  return fill(sentences[code][language], words);
}

const labelled = (label: Localized, language: Language): [string, string] => ['label', label[language].slice(0, 80)];

const fill = (sentence: string, words: ReadonlyMap<string, string>): string =>
  sentence.replace(/\{(\w+)\}/g, (whole, name: string) => words.get(name) ?? whole);
