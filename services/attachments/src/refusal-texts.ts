import type { Language, Texts } from '@atende/service';
import type { RefusalReason } from './content/refusal.ts';

const texts: Record<RefusalReason, Texts> = {
  ACTIVE_CONTENT: {
    'pt-BR': 'O conteúdo é uma página ou um desenho que executa código (HTML, SVG…). Envie um print ou um arquivo zip.',
    en: 'The content is a page or a drawing that runs code (HTML, SVG…). Send a screenshot or a zip file.',
    es: 'El contenido es una página o un dibujo que ejecuta código (HTML, SVG…). Envíe una captura o un archivo zip.',
  },
  ARCHIVE_NOT_INSPECTABLE: {
    'pt-BR': 'Este tipo de arquivo compactado não pode ser verificado. Envie zip ou rar.',
    en: 'This kind of archive cannot be inspected. Send a zip or rar file.',
    es: 'Este tipo de archivo comprimido no se puede verificar. Envíe zip o rar.',
  },
  BOMB: {
    'pt-BR': 'O arquivo compactado se expande demais.',
    en: 'The archive unpacks to far too much.',
    es: 'El archivo comprimido se expande demasiado.',
  },
  BROKEN_ARCHIVE: {
    'pt-BR': 'O arquivo compactado está danificado.',
    en: 'The archive is damaged.',
    es: 'El archivo comprimido está dañado.',
  },
  DISGUISED: {
    'pt-BR': 'O conteúdo não é o que o nome do arquivo diz.',
    en: 'The content is not what the name of the file says.',
    es: 'El contenido no es lo que dice el nombre del archivo.',
  },
  ENCRYPTED: {
    'pt-BR': 'O arquivo compactado tem senha. Envie sem senha.',
    en: 'The archive is protected by a password. Send it without one.',
    es: 'El archivo comprimido tiene contraseña. Envíelo sin ella.',
  },
  EXECUTABLE: {
    'pt-BR': 'O arquivo é ou contém um programa.',
    en: 'The file is or contains a program.',
    es: 'El archivo es o contiene un programa.',
  },
  MACROS: {
    'pt-BR': 'O documento contém macros. Salve sem macros e envie de novo.',
    en: 'The document contains macros. Save it without them and send it again.',
    es: 'El documento contiene macros. Guárdelo sin ellas y envíelo de nuevo.',
  },
  MALWARE: {
    'pt-BR': 'Um vírus foi encontrado.',
    en: 'A virus was found.',
    es: 'Se encontró un virus.',
  },
  NESTED_TOO_DEEP: {
    'pt-BR': 'Há arquivos compactados demais uns dentro dos outros.',
    en: 'There are too many archives inside one another.',
    es: 'Hay demasiados archivos comprimidos unos dentro de otros.',
  },
  NOT_AN_ARCHIVE: {
    'pt-BR': 'Este formulário aceita só arquivos zip ou rar.',
    en: 'This form takes only zip or rar files.',
    es: 'Este formulario acepta solo archivos zip o rar.',
  },
  NOT_INSPECTED: {
    'pt-BR': 'O conteúdo não pôde ser verificado. Envie de novo.',
    en: 'The content could not be inspected. Send it again.',
    es: 'El contenido no se pudo verificar. Envíelo de nuevo.',
  },
  POLYGLOT: {
    'pt-BR': 'O arquivo esconde um segundo tipo de conteúdo.',
    en: 'The file hides a second kind of content.',
    es: 'El archivo esconde un segundo tipo de contenido.',
  },
  TRAVERSAL: {
    'pt-BR': 'O arquivo compactado contém caminhos ou atalhos para fora da própria pasta.',
    en: 'The archive contains paths or links that lead out of its folder.',
    es: 'El archivo comprimido contiene rutas o enlaces hacia fuera de su carpeta.',
  },
};

export const refusalText = (reason: RefusalReason, language: Language): string => texts[reason][language];
