import { ErrorCode, type Language, type Messages, Refused, type Texts } from '@atende/service';
import type { TicketStatus } from './lifecycle/ticket-status.ts';

/** What tickets says beside the forms' own sentences. */
export const messages: Messages = {
  [ErrorCode.FORM_OUTDATED]: {
    'pt-BR': 'Este formulário mudou há mais de um dia. Abra o formulário atual; o que ainda vale é mantido.',
    en: 'This form changed more than a day ago. Open the current one; what still fits is kept.',
    es: 'Este formulario cambió hace más de un día. Abra el actual; lo que aún vale se conserva.',
  },
  [ErrorCode.FORM_DEFECTIVE]: {
    'pt-BR': 'O formulário tem defeitos e não pode ser usado ainda.',
    en: 'The form has defects and cannot be used yet.',
    es: 'El formulario tiene defectos y aún no se puede usar.',
  },
  [ErrorCode.WRONG_KIND]: {
    'pt-BR': 'O valor não tem a forma esperada.',
    en: 'The value is not written as expected.',
    es: 'El valor no tiene la forma esperada.',
  },
  [ErrorCode.NOT_ALLOWED_TO_OPEN]: {
    'pt-BR': 'Este contato não pode abrir chamados. Fale com o administrador da sua organização.',
    en: 'This contact may not open tickets. Ask your organization’s administrator.',
    es: 'Este contacto no puede abrir tickets. Hable con el administrador de su organización.',
  },
  [ErrorCode.RECEIPT_INVALID]: {
    'pt-BR': 'Este arquivo não está disponível para você ou expirou. Envie-o de novo.',
    en: 'This file is not available to you or has expired. Upload it again.',
    es: 'Este archivo no está disponible para usted o venció. Súbalo de nuevo.',
  },
  [ErrorCode.CHANNEL_NOT_ALLOWED]: {
    'pt-BR': 'O canal é definido pelo portal.',
    en: 'The channel is set by the portal.',
    es: 'El canal lo define el portal.',
  },
  [ErrorCode.TRANSITION_NOT_ALLOWED]: {
    'pt-BR': 'Isto não é possível enquanto o chamado está em “{status}”.',
    en: 'This is not possible while the ticket is “{status}”.',
    es: 'Esto no es posible mientras el ticket está en “{status}”.',
  },
  [ErrorCode.CLOSED_TICKET_CANNOT_BE_REPLIED]: {
    'pt-BR': 'O chamado está encerrado e não recebe mais mensagens.',
    en: 'The ticket is over and takes no more messages.',
    es: 'El ticket está terminado y no recibe más mensajes.',
  },
  [ErrorCode.OPTION_RETIRED]: {
    'pt-BR': 'Esta opção não está mais disponível.',
    en: 'This option is no longer available.',
    es: 'Esta opción ya no está disponible.',
  },
  [ErrorCode.NOT_AN_OPTION]: {
    'pt-BR': 'Escolha uma opção da mesma lista.',
    en: 'Choose an option of the same list.',
    es: 'Elija una opción de la misma lista.',
  },
  [ErrorCode.UNKNOWN_CODE]: {
    'pt-BR': '“{value}” não está no catálogo.',
    en: '“{value}” is not in the catalogue.',
    es: '“{value}” no está en el catálogo.',
  },
  [ErrorCode.DUPLICATE_ROW]: {
    'pt-BR': 'Uma linha acima já tem este nome.',
    en: 'A row above has this name already.',
    es: 'Una fila de arriba ya tiene este nombre.',
  },
  [ErrorCode.LAST_ROW_MUST_MATCH_EVERYTHING]: {
    'pt-BR': 'A última linha precisa valer para todo chamado: retire as condições dela.',
    en: 'The last row must match every ticket: take its conditions out.',
    es: 'La última fila debe valer para todo ticket: quite sus condiciones.',
  },
  [ErrorCode.ROW_NEVER_DECIDES]: {
    'pt-BR': 'Esta linha nunca decide: tudo o que ela pede já foi decidido acima ({by}).',
    en: 'This row never decides: all that it asks for is decided above ({by}).',
    es: 'Esta fila nunca decide: todo lo que pide ya se decide arriba ({by}).',
  },
  [ErrorCode.HIDDEN_FIELD]: {
    'pt-BR': 'Este campo não se aplica aqui: retire o valor.',
    en: 'This field does not apply here: take the value out.',
    es: 'Este campo no se aplica aquí: quite el valor.',
  },
  [ErrorCode.FIXED_FIELD]: {
    'pt-BR': 'Isto não muda depois de criado.',
    en: 'This does not change once it is made.',
    es: 'Esto no cambia después de creado.',
  },
  [ErrorCode.UNKNOWN_FIELD]: {
    'pt-BR': 'Campo desconhecido ou repetido: “{value}”.',
    en: 'Unknown or repeated field: “{value}”.',
    es: 'Campo desconocido o repetido: “{value}”.',
  },
  [ErrorCode.NOT_CSV]: {
    'pt-BR': 'Isto não é CSV com as colunas do cabeçalho.',
    en: 'This is not CSV with the columns of the header.',
    es: 'Esto no es CSV con las columnas del encabezado.',
  },
  [ErrorCode.NOT_JSON]: {
    'pt-BR': 'Isto não é uma lista JSON.',
    en: 'This is not a JSON list.',
    es: 'Esto no es una lista JSON.',
  },
  [ErrorCode.DUPLICATE_LINE]: {
    'pt-BR': 'Esta entrada já está na linha {line}.',
    en: 'This entry stands already in line {line}.',
    es: 'Esta entrada ya está en la línea {line}.',
  },
};

/** What people call the states of a ticket. */
export const statusNames: Record<TicketStatus, Texts> = {
  NEW: { 'pt-BR': 'Novo', en: 'New', es: 'Nuevo' },
  OPEN: { 'pt-BR': 'Em atendimento', en: 'Open', es: 'En atención' },
  PENDING: { 'pt-BR': 'Pendente', en: 'Pending', es: 'Pendiente' },
  CUSTOMER_VALIDATION: { 'pt-BR': 'Validação cliente', en: 'Customer validation', es: 'Validación del cliente' },
  RESOLVED: { 'pt-BR': 'Resolvido', en: 'Resolved', es: 'Resuelto' },
  CLOSED: { 'pt-BR': 'Fechado', en: 'Closed', es: 'Cerrado' },
  CANCELLED: { 'pt-BR': 'Cancelado', en: 'Cancelled', es: 'Cancelado' },
};

/** Does `work`; a status that a refusal names is called what people call it. */
export function inWords<Result>(language: Language, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw new Refused(...error.faults.map((fault) => ({ ...fault, params: named(fault.params ?? {}, language) })));
  }
}

const named = ({ status, ...params }: Record<string, string | number>, language: Language) =>
  status === undefined ? params : { ...params, status: statusNames[status as TicketStatus][language] };
