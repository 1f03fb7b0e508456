import { ErrorCode, type Language, type Texts } from '@atende/service/process';
import { LIMIT_TEXTS } from './refusals-of-limits.ts';

/** Everything the gateway itself says to a caller. `{name}` is filled in. */
const TEXTS = {
  ...LIMIT_TEXTS,
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
  notInScope: {
    'pt-BR': 'Os escopos desta chave de API não permitem isto.',
    en: 'The scopes of this API key do not allow it.',
    es: 'Los alcances de esta clave de API no permiten esto.',
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
  unreadable: {
    'pt-BR': 'Este pedido HTTP não pode ser lido sem dúvida.',
    en: 'This HTTP request cannot be read without doubt.',
    es: 'Esta petición HTTP no puede leerse sin dudas.',
  },
  foreignOrigin: {
    'pt-BR': 'Páginas desta origem não podem abrir conexões aqui.',
    en: 'Pages of this origin may not open connections here.',
    es: 'Las páginas de este origen no pueden abrir conexiones aquí.',
  },
  notText: {
    'pt-BR': 'O corpo do pedido deve ser texto em UTF-8, sem compressão.',
    en: 'The body of the request must be text in UTF-8, not compressed.',
    es: 'El cuerpo de la petición debe ser texto en UTF-8, sin comprimir.',
  },
  notFound: {
    'pt-BR': 'Não há nada neste endereço.',
    en: 'There is nothing at this address.',
    es: 'No hay nada en esta dirección.',
  },
  wrongMethod: {
    'pt-BR': 'Este endereço aceita GET, POST, PUT e DELETE.',
    en: 'This address takes GET, POST, PUT and DELETE.',
    es: 'Esta dirección acepta GET, POST, PUT y DELETE.',
  },
  busy: {
    'pt-BR': 'Há pedidos demais agora. Tente de novo em instantes.',
    en: 'There are too many requests now. Try again in a moment.',
    es: 'Hay demasiadas peticiones ahora. Inténtelo de nuevo en un momento.',
  },
  introspectionOff: {
    'pt-BR': 'A introspecção está desligada. O esquema está em /schema.graphql.',
    en: 'Introspection is off. The schema is at /schema.graphql.',
    es: 'La introspección está desactivada. El esquema está en /schema.graphql.',
  },
  subscriptionOverHttp: {
    'pt-BR': 'Assinaturas usam WebSocket (graphql-transport-ws) ou Accept: text/event-stream neste mesmo endereço.',
    en: 'Subscriptions use WebSocket (graphql-transport-ws) or Accept: text/event-stream at this same address.',
    es: 'Las suscripciones usan WebSocket (graphql-transport-ws) o Accept: text/event-stream en esta misma dirección.',
  },
  unknownDocument: {
    'pt-BR': 'Não há documento guardado com este documentId.',
    en: 'There is no stored document with this documentId.',
    es: 'No hay ningún documento guardado con este documentId.',
  },
  persistedQueryNotFound: { 'pt-BR': 'PersistedQueryNotFound', en: 'PersistedQueryNotFound', es: 'PersistedQueryNotFound' },
  malformedDocumentId: {
    'pt-BR': 'documentId é "sha256:" e 64 dígitos hexadecimais, sem query ao lado; ou extensions.persistedQuery.sha256Hash.',
    en: 'documentId is "sha256:" and 64 hexadecimal digits, without a query beside it; or extensions.persistedQuery.sha256Hash.',
    es: 'documentId es "sha256:" y 64 dígitos hexadecimales, sin query al lado; o extensions.persistedQuery.sha256Hash.',
  },
  onlyStoredDocuments: {
    'pt-BR': 'Aqui só se executam documentos guardados no registro.',
    en: 'Only documents that are stored in the registry are run here.',
    es: 'Aquí solo se ejecutan documentos guardados en el registro.',
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
  tooManySubscriptions: {
    'pt-BR': 'No máximo {max} assinaturas ao mesmo tempo por pessoa.',
    en: 'At most {max} subscriptions at a time per person.',
    es: 'Como máximo {max} suscripciones a la vez por persona.',
  },
  tooManyConnections: {
    'pt-BR': 'Há conexões demais abertas agora. Tente de novo em instantes.',
    en: 'There are too many open connections now. Try again in a moment.',
    es: 'Hay demasiadas conexiones abiertas ahora. Inténtelo de nuevo en un momento.',
  },
  malformedOperation: {
    'pt-BR': 'Espera-se um objeto JSON (application/json) com query e, se preciso, operationName, variables e extensions.',
    en: 'A JSON object (application/json) is expected, with query and, where needed, operationName, variables and extensions.',
    es: 'Se espera un objeto JSON (application/json) con query y, si hace falta, operationName, variables y extensions.',
  },
  notPreflighted: {
    'pt-BR': 'Um GET sem Authorization precisa do cabeçalho apollo-require-preflight.',
    en: 'A GET without Authorization needs the header apollo-require-preflight.',
    es: 'Un GET sin Authorization necesita la cabecera apollo-require-preflight.',
  },
  mutationByGet: {
    'pt-BR': 'Mutações exigem POST.',
    en: 'Mutations require POST.',
    es: 'Las mutaciones exigen POST.',
  },
  noStream: {
    'pt-BR': 'Não há conexão de eventos com este token. Reserve uma com PUT.',
    en: 'There is no event stream with this token. Reserve one with PUT.',
    es: 'No hay conexión de eventos con este token. Reserve una con PUT.',
  },
  streamOpen: {
    'pt-BR': 'A conexão de eventos deste token já está aberta.',
    en: 'The event stream of this token is open already.',
    es: 'La conexión de eventos de este token ya está abierta.',
  },
  operationIdMissing: {
    'pt-BR': 'Falta operationId, um texto de 1 a 200 caracteres.',
    en: 'operationId is missing, a text of 1 to 200 characters.',
    es: 'Falta operationId, un texto de 1 a 200 caracteres.',
  },
  operationIdTaken: {
    'pt-BR': 'Já há uma operação com este operationId.',
    en: 'There is an operation with this operationId already.',
    es: 'Ya hay una operación con este operationId.',
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
  /** Seconds until it is worth while to ask again, where that is known. */
  retryAfter?: number;
}

export const tooComplex = (refusal: Refusal, found: number, max: number): Complaint => ({
  code: ErrorCode.TOO_COMPLEX,
  refusal,
  values: { found: Math.min(found, 1_000_000), max },
});
