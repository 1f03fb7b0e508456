import { ErrorCode, type Messages } from '@atende/service';

/** What favorites says beside the house's own sentences. */
export const messages: Messages = {
  [ErrorCode.UNKNOWN_FIELD]: {
    'pt-BR': 'Nenhum formulário tem este campo com opções.',
    en: 'No form has this field with options.',
    es: 'Ningún formulario tiene este campo con opciones.',
  },
  [ErrorCode.NOT_AN_OPTION]: {
    'pt-BR': 'Escolha uma das opções da lista.',
    en: 'Choose one of the options of the list.',
    es: 'Elija una de las opciones de la lista.',
  },
  [ErrorCode.OPTION_OF_ANOTHER_PARENT]: {
    'pt-BR': 'Esta opção não pertence ao que foi escolhido antes.',
    en: 'This option does not belong to what was chosen above it.',
    es: 'Esta opción no pertenece a lo que se eligió antes.',
  },
  [ErrorCode.OPTION_RETIRED]: {
    'pt-BR': 'Esta opção não está mais disponível.',
    en: 'This option is no longer available.',
    es: 'Esta opción ya no está disponible.',
  },
  [ErrorCode.DUPLICATE_ANSWER]: {
    'pt-BR': 'Esta opção já está na lista.',
    en: 'This option is in the list already.',
    es: 'Esta opción ya está en la lista.',
  },
};
