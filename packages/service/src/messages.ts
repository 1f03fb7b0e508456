import { ErrorCode, type Messages } from './errors.ts';

/** What every service may say. A service adds its own beside these. */
export const messages: Messages = {
  [ErrorCode.REQUIRED]: { 'pt-BR': 'Preencha este campo.', en: 'Fill in this field.', es: 'Complete este campo.' },
  [ErrorCode.NOT_FOUND]: { 'pt-BR': 'Não encontrado.', en: 'Not found.', es: 'No encontrado.' },
  [ErrorCode.FORBIDDEN]: { 'pt-BR': 'Você não pode fazer isto.', en: 'You may not do this.', es: 'No puede hacer esto.' },
  [ErrorCode.CONFLICT]: {
    'pt-BR': 'Outra pessoa mudou isto enquanto você trabalhava. Leia de novo e repita.',
    en: 'Someone else changed this meanwhile. Read it again and repeat.',
    es: 'Otra persona cambió esto mientras tanto. Léalo de nuevo y repita.',
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
