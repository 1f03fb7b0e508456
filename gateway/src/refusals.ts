import { ErrorCode, type Language, RequestError, type Texts } from '@atende/service/process';

/** Everything the gateway itself says to a caller. `{name}` is filled in. */
const TEXTS = {
  notStarted: {
    'pt-BR': 'O serviço está iniciando. Tente de novo em instantes.',
    en: 'The service is starting. Try again in a moment.',
    es: 'El servicio está iniciando. Inténtelo de nuevo en un momento.',
  },
  unavailable: {
    'pt-BR': '{service} não está disponível agora.',
    en: '{service} is not available now.',
    es: '{service} no está disponible ahora.',
  },
  internal: {
    'pt-BR': 'Algo deu errado do nosso lado.',
    en: 'Something went wrong on our side.',
    es: 'Algo salió mal de nuestro lado.',
  },
  unauthenticated: {
    'pt-BR': 'A sessão não é válida. Entre de novo.',
    en: 'The session is not valid. Sign in again.',
    es: 'La sesión no es válida. Inicie sesión de nuevo.',
  },
  bodyTooLarge: {
    'pt-BR': 'O corpo do pedido é grande demais: no máximo {max} KiB.',
    en: 'The body of the request is too large: at most {max} KiB.',
    es: 'El cuerpo de la petición es demasiado grande: como máximo {max} KiB.',
  },
  bodyTooSlow: {
    'pt-BR': 'O corpo do pedido demorou demais a chegar.',
    en: 'The body of the request took too long to arrive.',
    es: 'El cuerpo de la petición tardó demasiado en llegar.',
  },
  notFound: {
    'pt-BR': 'Não há nada neste endereço.',
    en: 'There is nothing at this address.',
    es: 'No hay nada en esta dirección.',
  },
  wrongMethod: {
    'pt-BR': 'Este endereço aceita GET e POST.',
    en: 'This address takes GET and POST.',
    es: 'Esta dirección acepta GET y POST.',
  },
  tooManyTokens: {
    'pt-BR': 'A operação é longa demais: no máximo {max} símbolos.',
    en: 'The operation is too long: at most {max} tokens.',
    es: 'La operación es demasiado larga: como máximo {max} símbolos.',
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
  busy: {
    'pt-BR': 'Há pedidos demais agora. Tente de novo em instantes.',
    en: 'There are too many requests now. Try again in a moment.',
    es: 'Hay demasiadas peticiones ahora. Inténtelo de nuevo en un momento.',
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
  introspectionOff: {
    'pt-BR': 'A introspecção está desligada. O esquema está em /schema.graphql.',
    en: 'Introspection is off. The schema is at /schema.graphql.',
    es: 'La introspección está desactivada. El esquema está en /schema.graphql.',
  },
  subscriptionOverHttp: {
    'pt-BR': 'Assinaturas usam WebSocket (graphql-transport-ws) neste mesmo endereço.',
    en: 'Subscriptions use WebSocket (graphql-transport-ws) at this same address.',
    es: 'Las suscripciones usan WebSocket (graphql-transport-ws) en esta misma dirección.',
  },
  unknownOperation: {
    'pt-BR': 'Diga em operationName qual operação do documento deve ser executada.',
    en: 'Say in operationName which operation of the document is to be run.',
    es: 'Indique en operationName qué operación del documento debe ejecutarse.',
  },
  cursorExpired: {
    'pt-BR': 'O cursor expirou. Leia de novo e assine sem after.',
    en: 'The cursor has expired. Read again and subscribe without after.',
    es: 'El cursor ha caducado. Lea de nuevo y suscríbase sin after.',
  },
  tooManyOperations: {
    'pt-BR': 'No máximo {max} operações ao mesmo tempo por conexão.',
    en: 'At most {max} operations at a time per connection.',
    es: 'Como máximo {max} operaciones a la vez por conexión.',
  },
  notLive: {
    'pt-BR': 'Esta assinatura não pede nenhum campo que muda ao vivo.',
    en: 'This subscription asks for no field that changes live.',
    es: 'Esta suscripción no pide ningún campo que cambie en vivo.',
  },
} satisfies Record<string, Texts>;

export type Refusal = keyof typeof TEXTS;

export function say(refusal: Refusal, language: Language, values: Record<string, string | number> = {}): string {
  return TEXTS[refusal][language].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** A reason to refuse that is still without a language: what is found is kept with a document and said to every caller in theirs. */
export interface Complaint {
  code: ErrorCode;
  refusal: Refusal;
  values?: Record<string, string | number>;
}

export function refused({ code, refusal, values }: Complaint, language: Language): RequestError {
  return new RequestError(code, say(refusal, language, values));
}

export const tooComplex = (refusal: Refusal, found: number, max: number): Complaint => ({
  code: ErrorCode.TOO_COMPLEX,
  refusal,
  values: { found: Math.min(found, 1_000_000), max },
});
