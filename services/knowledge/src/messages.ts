import { ErrorCode, type Messages } from '@atende/service';

export const messages: Messages = {
  [ErrorCode.NOT_AN_OPTION]: {
    'pt-BR': 'Esta opção não existe.',
    en: 'There is no such option.',
    es: 'Esta opción no existe.',
  },
};
