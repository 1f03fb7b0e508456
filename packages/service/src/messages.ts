import { ErrorCode, type Messages } from './errors.ts';

/** What every service may say. A service adds its own beside these. */
export const messages: Messages = {
  [ErrorCode.REQUIRED]: { 'pt-BR': 'Preencha este campo.', en: 'Fill in this field.', es: 'Complete este campo.' },
  [ErrorCode.NOT_FOUND]: { 'pt-BR': 'Não encontrado.', en: 'Not found.', es: 'No encontrado.' },
  [ErrorCode.UNAUTHENTICATED]: { 'pt-BR': 'Entre para continuar.', en: 'Sign in first.', es: 'Inicie sesión para continuar.' },
  [ErrorCode.FORBIDDEN]: { 'pt-BR': 'Você não pode fazer isto.', en: 'You may not do this.', es: 'No puede hacer esto.' },
  [ErrorCode.CONFLICT]: {
    'pt-BR': 'Outra pessoa mudou isto enquanto você trabalhava. Leia de novo e repita.',
    en: 'Someone else changed this meanwhile. Read it again and repeat.',
    es: 'Otra persona cambió esto mientras tanto. Léalo de nuevo y repita.',
  },
  [ErrorCode.FIRST_REQUIRED]: {
    'pt-BR': 'Peça `first` ou `last`, de 1 a 100.',
    en: 'Ask for `first` or `last`, 1 to 100.',
    es: 'Pida `first` o `last`, de 1 a 100.',
  },
  [ErrorCode.CURSOR_EXPIRED]: {
    'pt-BR': 'O cursor expirou: leia de novo e continue sem ele.',
    en: 'The cursor has expired: read again and go on without it.',
    es: 'El cursor ha caducado: lea de nuevo y siga sin él.',
  },
  [ErrorCode.DEPENDENCY_UNAVAILABLE]: {
    'pt-BR': 'Isto não está disponível agora. Tente de novo em instantes.',
    en: 'This is not available now. Try again in a moment.',
    es: 'Esto no está disponible ahora. Inténtelo de nuevo en un momento.',
  },
  [ErrorCode.INTERNAL]: {
    'pt-BR': 'Algo deu errado do nosso lado.',
    en: 'Something went wrong on our side.',
    es: 'Algo salió mal de nuestro lado.',
  },
  [ErrorCode.BAD_USER_INPUT]: { 'pt-BR': 'Valor inválido.', en: 'Invalid value.', es: 'Valor no válido.' },
  [ErrorCode.TOO_LONG]: {
    'pt-BR': 'No máximo {max} caracteres; há {length}.',
    en: 'At most {max} characters; there are {length}.',
    es: 'Como máximo {max} caracteres; hay {length}.',
  },
  [ErrorCode.TOO_MANY]: { 'pt-BR': 'No máximo {max}.', en: 'At most {max}.', es: 'Como máximo {max}.' },
  [ErrorCode.NOT_AN_EMAIL]: {
    'pt-BR': '“{value}” não é um e-mail.',
    en: '“{value}” is not an e-mail address.',
    es: '“{value}” no es un correo electrónico.',
  },
};
