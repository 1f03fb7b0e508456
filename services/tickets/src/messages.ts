import { ErrorCode, type Messages } from '@atende/service';

/** What tickets says beside the forms' own sentences. */
export const messages: Messages = {
  [ErrorCode.FORM_OUTDATED]: {
    'pt-BR': 'Este formulário mudou há mais de um dia. Abra o formulário atual; o que ainda vale é mantido.',
    en: 'This form changed more than a day ago. Open the current one; what still fits is kept.',
    es: 'Este formulario cambió hace más de un día. Abra el actual; lo que aún vale se conserva.',
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
    'pt-BR': 'Isto não é possível enquanto o chamado está em {status}.',
    en: 'This is not possible while the ticket is {status}.',
    es: 'Esto no es posible mientras el ticket está en {status}.',
  },
  [ErrorCode.CLOSED_TICKET_CANNOT_BE_REPLIED]: {
    'pt-BR': 'O chamado está encerrado e não recebe mais mensagens.',
    en: 'The ticket is over and takes no more messages.',
    es: 'El ticket está terminado y no recibe más mensajes.',
  },
};
