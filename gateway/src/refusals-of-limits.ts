import type { Texts } from '@atende/service/process';

/** What a caller reads whose operation is too large, or who has asked for too much. */
export const LIMIT_TEXTS = {
  tooManyTokens: {
    'pt-BR': 'A operação é longa demais: no máximo {max} símbolos.',
    en: 'The operation is too long: at most {max} tokens.',
    es: 'La operación es demasiado larga: como máximo {max} símbolos.',
  },
  documentTooLong: {
    'pt-BR': 'A operação tem {found} caracteres; o máximo é {max}. Textos longos vão em variáveis.',
    en: 'The operation has {found} characters; at most {max} are allowed. Long texts belong into variables.',
    es: 'La operación tiene {found} caracteres; se permiten {max}. Los textos largos van en variables.',
  },
  tooManyInDocument: {
    'pt-BR': 'O documento tem {found} operações; o máximo é {max}.',
    en: 'The document has {found} operations; at most {max} are allowed.',
    es: 'El documento tiene {found} operaciones; se permiten {max}.',
  },
  variablesTooDeep: {
    'pt-BR': 'As variáveis têm mais de {max} níveis.',
    en: 'The variables are more than {max} levels deep.',
    es: 'Las variables tienen más de {max} niveles.',
  },
  tooDeep: {
    'pt-BR': 'A operação tem profundidade {found}; o máximo é {max}.',
    en: 'The operation is {found} levels deep; at most {max} are allowed.',
    es: 'La operación tiene {found} niveles; se permiten {max}.',
  },
  tooManyAliases: {
    'pt-BR': 'A operação usa {found} apelidos; o máximo é {max}.',
    en: 'The operation uses {found} aliases; at most {max} are allowed.',
    es: 'La operación usa {found} alias; se permiten {max}.',
  },
  reservedAlias: {
    'pt-BR': 'Apelidos não podem começar com dois sublinhados.',
    en: 'Aliases may not begin with two underscores.',
    es: 'Los alias no pueden empezar con dos guiones bajos.',
  },
  tooManyRootFields: {
    'pt-BR': 'A operação pede {found} campos na raiz; o máximo é {max}.',
    en: 'The operation asks for {found} root fields; at most {max} are allowed.',
    es: 'La operación pide {found} campos en la raíz; se permiten {max}.',
  },
  tooManyRepeats: {
    'pt-BR': 'A operação repete os mesmos campos nos mesmos lugares vezes demais.',
    en: 'The operation repeats the same fields in the same places too often.',
    es: 'La operación repite los mismos campos en los mismos lugares demasiadas veces.',
  },
  tooManyDirectives: {
    'pt-BR': 'Há {found} diretivas em um só lugar; o máximo é {max}.',
    en: 'There are {found} directives in one place; at most {max} are allowed.',
    es: 'Hay {found} directivas en un solo lugar; se permiten {max}.',
  },
  tooCostly: {
    'pt-BR': 'A operação custa {found}; o máximo é {max}. Peça páginas menores ou menos campos.',
    en: 'The operation costs {found}; at most {max} is allowed. Ask for smaller pages or fewer fields.',
    es: 'La operación cuesta {found}; el máximo es {max}. Pida páginas más pequeñas o menos campos.',
  },
  planningTooLong: {
    'pt-BR': 'A operação é complexa demais para ser planejada.',
    en: 'The operation is too complex to be planned.',
    es: 'La operación es demasiado compleja para planificarla.',
  },
  firstRequired: {
    'pt-BR': '{field} exige first ou last, de 1 a {max}.',
    en: '{field} requires first or last, from 1 to {max}.',
    es: '{field} exige first o last, de 1 a {max}.',
  },
  pageOutOfRange: {
    'pt-BR': '{field}: {argument} deve ser de 1 a {max}.',
    en: '{field}: {argument} must be from 1 to {max}.',
    es: '{field}: {argument} debe ser de 1 a {max}.',
  },
  attemptedTwice: {
    'pt-BR': 'Uma operação pode tentar um segredo (entrar, redefinir a senha e semelhantes) uma só vez.',
    en: 'One operation may try a secret (sign in, reset a password and the like) only once.',
    es: 'Una operación puede probar un secreto (iniciar sesión, restablecer la contraseña y similares) una sola vez.',
  },
  personExhausted: {
    'pt-BR': 'Você pediu demais em pouco tempo. Tente de novo em {seconds} s.',
    en: 'You have asked for too much in a short time. Try again in {seconds} s.',
    es: 'Ha pedido demasiado en poco tiempo. Inténtelo de nuevo en {seconds} s.',
  },
  organizationExhausted: {
    'pt-BR': 'A sua organização pediu demais em pouco tempo. Tente de novo em {seconds} s.',
    en: 'Your organization has asked for too much in a short time. Try again in {seconds} s.',
    es: 'Su organización ha pedido demasiado en poco tiempo. Inténtelo de nuevo en {seconds} s.',
  },
  addressExhausted: {
    'pt-BR': 'Pediu-se demais deste endereço em pouco tempo. Entre, ou tente de novo em {seconds} s.',
    en: 'Too much was asked for from this address in a short time. Sign in, or try again in {seconds} s.',
    es: 'Se ha pedido demasiado desde esta dirección en poco tiempo. Inicie sesión o inténtelo de nuevo en {seconds} s.',
  },
  attemptsExhausted: {
    'pt-BR': 'Houve tentativas demais deste endereço. Tente de novo em {seconds} s.',
    en: 'There were too many attempts from this address. Try again in {seconds} s.',
    es: 'Hubo demasiados intentos desde esta dirección. Inténtelo de nuevo en {seconds} s.',
  },
} satisfies Record<string, Texts>;
