import type { FieldDraft } from '../../form/form.ts';
import { text } from '../../form/form-text.ts';

// Fields that several forms ask in the same words. A form says where they stand and what it adds.

const privacyNote = text(
  'Não envie imagens ou vídeos com rostos ou documentos oficiais, a menos que seja extremamente necessário.',
  'Send no images or videos with faces or official documents, unless extremely necessary.',
  'No envíe imágenes ni videos con rostros o documentos oficiales, salvo que sea extremadamente necesario.',
);

export const client: FieldDraft = {
  key: 'client',
  label: text('Cliente (código e razão social)', 'Client (code and legal name)', 'Cliente (código y razón social)'),
  kind: 'DISPLAY',
  means: 'organization',
  automatic: 'client',
};

export const clientContact: FieldDraft = {
  key: 'clientContact',
  label: text('Contato do cliente', 'Client contact', 'Contacto del cliente'),
  kind: 'DISPLAY',
  means: 'contact',
  automatic: 'clientContact',
};

export const originCountry: FieldDraft = {
  key: 'originCountry',
  label: text('País de procedência', 'Country of origin', 'País de procedencia'),
  kind: 'SELECT',
  means: 'country',
  options: { levels: ['COUNTRY'] },
  required: true,
};

export const category: FieldDraft = {
  key: 'category',
  label: text('Categoria', 'Category', 'Categoría'),
  kind: 'SELECT',
  means: 'category',
  options: { levels: ['CATEGORY'] },
  required: true,
};

export const origin: FieldDraft = {
  key: 'origin',
  label: text('Origem', 'Origin', 'Origen'),
  kind: 'SELECT',
  means: 'origin',
  options: { levels: ['ORIGIN'] },
  required: true,
};

/** Every product line has its own list. */
export const effect = (product: string): FieldDraft => ({
  key: 'effect',
  label: text('Efeito', 'Effect', 'Efecto'),
  kind: 'SELECT',
  means: 'effect',
  options: { levels: ['EFFECT'], root: product },
  required: true,
});

/** "Serviço": the product itself, which the menu has chosen already. */
export const service = (product: string): FieldDraft => ({
  key: 'service',
  label: text('Serviço', 'Service', 'Servicio'),
  kind: 'SELECT',
  means: 'service',
  options: { levels: ['PRODUCT'] },
  fixed: [{ value: product }],
});

export const moduleProduct = (product: string): FieldDraft => ({
  key: 'moduleProduct',
  label: text('Módulo/Produto', 'Module/Product', 'Módulo/Producto'),
  kind: 'SELECT',
  means: 'module',
  options: { levels: ['MODULE'], root: product, depth: 'DESCENDANTS', showPath: true },
  required: true,
});

export const processRoutine: FieldDraft = {
  key: 'processRoutine',
  label: text('Processo ou rotina', 'Process or routine', 'Proceso o rutina'),
  kind: 'SELECT',
  means: 'routine',
  options: { levels: ['ROUTINE'], parent: 'moduleProduct', depth: 'DESCENDANTS' },
  required: true,
};

export const subject: FieldDraft = {
  key: 'subject',
  label: text('Assunto', 'Subject', 'Asunto'),
  kind: 'TEXT',
  means: 'subject',
  required: true,
  maxLength: 255,
};

export const summary: FieldDraft = {
  key: 'summary',
  label: text('Resumo', 'Summary', 'Resumen'),
  kind: 'TEXT',
  means: 'summary',
  required: true,
  maxLength: 255,
};

export const incident: FieldDraft = {
  key: 'incident',
  label: text('Incidente', 'Incident', 'Incidente'),
  help: text(
    'O que acontece, em que telas, com que dados e desde quando.',
    'What happens, on which screens, with which data and since when.',
    'Qué ocurre, en qué pantallas, con qué datos y desde cuándo.',
  ),
  kind: 'LONG_TEXT',
  means: 'description',
  required: true,
  maxLength: 20_000,
};

export const criticality = (visible: boolean): FieldDraft => ({
  key: 'criticality',
  label: text('Criticidade', 'Criticality', 'Criticidad'),
  kind: 'COMPUTED',
  means: 'criticality',
  visible,
});

export const watchers: FieldDraft = {
  key: 'watchers',
  label: text('E-mails adicionais', 'Additional e-mails', 'Correos adicionales'),
  help: text(
    'Recebem uma cópia da abertura e de cada movimento público.',
    'They get a copy of the opening and of every public movement.',
    'Reciben una copia de la apertura y de cada movimiento público.',
  ),
  kind: 'EMAIL_LIST',
  means: 'watchers',
};

export const attachments: FieldDraft = {
  key: 'attachments',
  label: text('Anexo', 'Attachment', 'Adjunto'),
  help: privacyNote,
  kind: 'FILES',
  means: 'attachments',
};
