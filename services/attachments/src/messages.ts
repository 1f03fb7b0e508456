import { ErrorCode, type Messages } from '@atende/service';

export const messages: Messages = {
  [ErrorCode.FILE_EMPTY]: { 'pt-BR': 'O arquivo está vazio.', en: 'The file is empty.', es: 'El archivo está vacío.' },
  [ErrorCode.FILE_NAME_REFUSED]: {
    'pt-BR': 'O nome do arquivo contém um caminho ou caracteres que não são aceitos.',
    en: 'The name of the file contains a path or characters that are not accepted.',
    es: 'El nombre del archivo contiene una ruta o caracteres que no se aceptan.',
  },
  [ErrorCode.FILE_TOO_LARGE]: {
    'pt-BR': 'O arquivo tem {size}; são aceitos até {max}.',
    en: 'The file has {size}; up to {max} are accepted.',
    es: 'El archivo tiene {size}; se aceptan hasta {max}.',
  },
  [ErrorCode.FILE_TYPE_REFUSED]: {
    'pt-BR': 'O tipo do arquivo “{name}” não é aceito aqui{accepted}.',
    en: 'The type of the file “{name}” is not accepted here{accepted}.',
    es: 'El tipo del archivo “{name}” no se acepta aquí{accepted}.',
  },
};
