import type { FormDefect, FormDefectRule } from '../form/form-defect.ts';
import { type Language, type Localized, text } from '../form/form-text.ts';

/** One sentence per rule; `{name}` is a parameter of the defect. */
const sentences: Record<FormDefectRule, Localized> = {
  NOT_JSON: text('A definição não é um JSON.', 'The definition is no JSON.', 'La definición no es un JSON.'),
  TOO_LARGE: text(
    'A definição tem {length} caracteres; o máximo é {max}.',
    'The definition has {length} characters; the maximum is {max}.',
    'La definición tiene {length} caracteres; el máximo es {max}.',
  ),
  TOO_DEEP: text(
    'A definição tem mais de {max} níveis.',
    'The definition has more than {max} levels.',
    'La definición tiene más de {max} niveles.',
  ),
  TOO_LONG: text('No máximo {max} caracteres ou itens.', 'At most {max} characters or items.', 'Como máximo {max} caracteres o elementos.'),
  TOO_MANY: text('No máximo {max}.', 'At most {max}.', 'Como máximo {max}.'),
  NOT_STORABLE: text(
    'O texto tem caracteres que não se podem guardar.',
    'The text has characters that cannot be stored.',
    'El texto tiene caracteres que no se pueden guardar.',
  ),
  MISSING: text('Falta preencher.', 'This is missing.', 'Falta completar.'),
  WRONG_TYPE: text('Esperado: {expected}.', 'Expected: {expected}.', 'Se espera: {expected}.'),
  UNKNOWN_PROPERTY: text('“{key}” não existe aqui.', '“{key}” does not exist here.', '“{key}” no existe aquí.'),
  NOT_ONE_OF: text('Escolha um destes: {values}.', 'Choose one of these: {values}.', 'Elija uno de estos: {values}.'),
  WRONG_FORMAT: text('{format}', '{format}', '{format}'),
  TOO_FEW: text('Não pode ficar vazio.', 'This cannot be empty.', 'No puede quedar vacío.'),
  OUT_OF_RANGE: text('O número está fora dos limites.', 'The number is out of range.', 'El número está fuera de los límites.'),
  NO_CONDITION: text(
    'Isto não é uma condição: use sim, não, ou uma das condições conhecidas.',
    'This is no condition: use yes, no, or one of the known conditions.',
    'Esto no es una condición: use sí, no, o una de las condiciones conocidas.',
  ),
  KEY_TAKEN: text(
    'A chave “{key}” já é usada acima.',
    'The key “{key}” is taken by something above.',
    'La clave “{key}” ya se usa más arriba.',
  ),
  KEY_RESERVED: text('A chave “{key}” é reservada.', 'The key “{key}” is reserved.', 'La clave “{key}” está reservada.'),
  NOT_ABOVE: text(
    '“{key}” não é um campo acima deste.',
    '“{key}” is no field above this one.',
    '“{key}” no es un campo por encima de este.',
  ),
  HAS_NO_OPTIONS: text('“{key}” não tem opções.', '“{key}” has no options.', '“{key}” no tiene opciones.'),
  NOT_A_SELECT: text('“{key}” não é um SELECT.', '“{key}” is not a SELECT.', '“{key}” no es un SELECT.'),
  NEVER_EQUAL: text(
    '“{key}” nunca tem este valor: um BOOLEAN é sim ou não, os outros são textos ou códigos.',
    '“{key}” never has this value: a BOOLEAN is yes or no, others are texts or codes.',
    '“{key}” nunca tiene este valor: un BOOLEAN es sí o no, los demás son textos o códigos.',
  ),
  NEEDS_OPTIONS: text(
    'Um campo de escolha precisa de opções.',
    'A field to choose in needs options.',
    'Un campo de elección necesita opciones.',
  ),
  TAKES_NO_OPTIONS: text(
    'Este tipo de campo não tem opções.',
    'A field of this kind has no options.',
    'Este tipo de campo no tiene opciones.',
  ),
  NEEDS_LENGTH: text('Um texto precisa de um tamanho máximo.', 'A text needs a greatest length.', 'Un texto necesita una longitud máxima.'),
  TAKES_NO_LENGTH: text('Só um texto tem tamanho máximo.', 'Only a text has a greatest length.', 'Solo un texto tiene longitud máxima.'),
  ONLY_DISPLAY_IS_AUTOMATIC: text(
    'Um DISPLAY, e só ele, é automático.',
    'A DISPLAY, and nothing else, is automatic.',
    'Un DISPLAY, y solo él, es automático.',
  ),
  ONLY_SWITCH_MUST_BE_ON: text(
    'Só um BOOLEAN pode ter de ficar marcado.',
    'Only a BOOLEAN can have to be on.',
    'Solo un BOOLEAN puede tener que quedar marcado.',
  ),
  FILLED_BY_SERVER: text(
    'O portal preenche este campo: não é exigido de ninguém.',
    'The portal fills in this field: it is not required of anyone.',
    'El portal completa este campo: no se exige a nadie.',
  ),
  NEEDS_PRIVACY_HELP: text(
    'Onde se anexa um arquivo, a ajuda diz o que ele não deve mostrar.',
    'Wherever a file can be added, the help says what it must not show.',
    'Donde se adjunta un archivo, la ayuda dice lo que no debe mostrar.',
  ),
  TAKES_NO_VALUE: text(
    'Este tipo de campo não recebe valor do formulário.',
    'A field of this kind takes no value from the form.',
    'Este tipo de campo no recibe un valor del formulario.',
  ),
  NOT_ITS_VALUE: text(
    'Isto não é um valor deste tipo de campo.',
    'This is no value of this kind of field.',
    'Esto no es un valor de este tipo de campo.',
  ),
  MEANING_TAKEN: text(
    'Outro campo acima já significa “{means}”.',
    'Another field above means “{means}” already.',
    'Otro campo más arriba ya significa “{means}”.',
  ),
  MEANING_OF_ANOTHER_KIND: text(
    'Um campo que significa “{means}” é {kinds}.',
    'A field that means “{means}” is {kinds}.',
    'Un campo que significa “{means}” es {kinds}.',
  ),
  CHECKLIST_IS_OPTIONAL: text(
    'Um item da lista de verificação é opcional.',
    'An item of the checklist is optional.',
    'Un elemento de la lista de verificación es opcional.',
  ),
  NO_SUBJECT: text(
    'Nenhum campo significa assunto (subject) ou resumo (summary).',
    'No field means subject or summary.',
    'Ningún campo significa asunto (subject) o resumen (summary).',
  ),
  NO_DESCRIPTION: text(
    'Nenhum campo significa descrição (description).',
    'No field means description.',
    'Ningún campo significa descripción (description).',
  ),
  OTHER_REQUEST_TYPE: text(
    'Este rascunho é de “{requestType}”.',
    'This draft is of “{requestType}”.',
    'Este borrador es de “{requestType}”.',
  ),
  UNKNOWN_LEVEL: text(
    'O catálogo não tem entradas de “{level}”.',
    'The catalogue has no entries of “{level}”.',
    'El catálogo no tiene entradas de “{level}”.',
  ),
  UNKNOWN_PATH: text('O catálogo não tem “{path}”.', 'The catalogue has no “{path}”.', 'El catálogo no tiene “{path}”.'),
  RETIRED_PATH: text(
    '“{path}” foi retirado do catálogo.',
    '“{path}” was retired from the catalogue.',
    '“{path}” fue retirado del catálogo.',
  ),
  NOT_A_PRODUCT: text('“{path}” não é um produto.', '“{path}” is not a product.', '“{path}” no es un producto.'),
  NOT_ITS_OPTION: text(
    '“{path}” não está entre as opções deste campo.',
    '“{path}” is not among the options of this field.',
    '“{path}” no está entre las opciones de este campo.',
  ),
  UNKNOWN_CODE: text(
    'Nenhuma opção do campo comparado tem o código “{code}”.',
    'No option of the compared field has the code “{code}”.',
    'Ninguna opción del campo comparado tiene el código “{code}”.',
  ),
  NOTHING_TO_CHOOSE: text(
    'Abaixo de “{path}” não há nada a escolher.',
    'Below “{path}” there is nothing to choose.',
    'Debajo de “{path}” no hay nada que elegir.',
  ),
  MEANING_DROPPED: text(
    'A versão em uso pergunta “{means}”, de que {by} precisa; esta não.',
    'The version in use asks for “{means}”, which {by} needs; this one does not.',
    'La versión en uso pregunta “{means}”, que {by} necesita; esta no.',
  ),
  MUST_BE_ASKED: text(
    'Todo chamado precisa disto: o campo deve ser sempre visível e obrigatório.',
    'Every ticket needs this: the field must always be visible and required.',
    'Todo ticket necesita esto: el campo debe ser siempre visible y obligatorio.',
  ),
};

/** What a text that has a form of its own looks like, by the property it stands in. */
const formats: Record<string, Localized> = {
  key: text(
    'Uma chave começa com letra minúscula e tem só letras e algarismos, 40 no máximo.',
    'A key starts with a small letter and has letters and digits only, 40 at most.',
    'Una clave empieza con minúscula y tiene solo letras y cifras, 40 como máximo.',
  ),
  requestType: text(
    'Um tipo de chamado se escreve como software.rm: minúsculas, hífens e no máximo um ponto.',
    'A request type is written like software.rm: small letters, hyphens and one dot at most.',
    'Un tipo de solicitud se escribe como software.rm: minúsculas, guiones y como máximo un punto.',
  ),
  levels: text(
    'Uma lista do catálogo se escreve em maiúsculas, como ROUTINE_GROUP.',
    'A list of the catalogue is written in capitals, like ROUTINE_GROUP.',
    'Una lista del catálogo se escribe en mayúsculas, como ROUTINE_GROUP.',
  ),
  extensions: text(
    'Uma extensão tem letras minúsculas e algarismos, sem ponto.',
    'An extension has small letters and digits, without a dot.',
    'Una extensión tiene minúsculas y cifras, sin punto.',
  ),
};
const otherFormat = text('O formato não é o esperado.', 'This is not written as expected.', 'El formato no es el esperado.');

/** Names of what stands in parameters as a code. */
const names: Record<string, Localized> = {
  string: text('um texto', 'a text', 'un texto'),
  array: text('uma lista', 'a list', 'una lista'),
  object: text('um objeto', 'an object', 'un objeto'),
  boolean: text('sim ou não (true ou false)', 'yes or no (true or false)', 'sí o no (true o false)'),
  number: text('um número', 'a number', 'un número'),
  int: text('um número inteiro', 'a whole number', 'un número entero'),
  ROUTING: text('o roteamento', 'routing', 'el enrutamiento'),
  CRITICALITY: text('a criticidade', 'criticality', 'la criticidad'),
};

export function defectMessage({ rule, params }: FormDefect, language: Language): string {
  if (rule === 'WRONG_FORMAT') return (formats[String(params.format)] ?? otherFormat)[language];
  const named = rule === 'WRONG_TYPE' ? 'expected' : 'by';
  return sentences[rule][language].replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(params[name] ?? '');
    return (name === named ? names[value]?.[language] : undefined) ?? value.slice(0, 200);
  });
}
