import type { Field } from './form.ts';
import { type Localized, text } from './form-text.ts';

/** Everything that can be wrong with the answers to a form. Names are those of the closed list of error codes. */
export const formFaultCodes = [
  'REQUIRED',
  'UNKNOWN_FIELD',
  'HIDDEN_FIELD',
  'FIXED_FIELD',
  'COMPUTED_FIELD',
  'DUPLICATE_ANSWER',
  'WRONG_KIND',
  'MUST_BE_ON',
  'TOO_LONG',
  'TOO_MANY',
  'NOT_AN_OPTION',
  'OPTION_OF_ANOTHER_PARENT',
  'OPTION_RETIRED',
  'NOT_AN_EMAIL',
  'FILE_REFUSED',
  'NOT_ENTITLED',
  'ORGANIZATION_REQUIRED',
  'CHANNEL_NOT_ALLOWED',
] as const;
export type FormFaultCode = (typeof formFaultCodes)[number];

export interface FormFault {
  /** path inside the mutation's input: `['answers', 'subject']`, `['watchers', '1']`, `['attachmentIds', '0']` */
  field: string[];
  code: FormFaultCode;
  /** what the field is called on the form; the key itself where the form has no such field */
  label: Localized;
  params: Record<string, string | number | Localized>;
}

/** The inputs that carry what is no plain answer: addresses, files and contacts are checked in their own way. */
export const ownInputs = { EMAIL_LIST: 'watchers', FILES: 'attachmentIds', ON_BEHALF: 'onBehalfOf' } as const;

/** What the inputs beside the answers are called where the form has no field for them. */
export const inputLabels = {
  watchers: text('E-mails adicionais', 'Additional e-mails', 'Correos adicionales'),
  attachmentIds: text('Anexo', 'Attachment', 'Adjunto'),
  onBehalfOf: text('Em nome do cliente', 'On behalf of the client', 'En nombre del cliente'),
  organizationId: text('Organização', 'Organization', 'Organización'),
  channel: text('Canal', 'Channel', 'Canal'),
  formId: text('Tipo de chamado', 'Request type', 'Tipo de solicitud'),
};

export const pathOfField = ({ key, kind }: Field): string[] =>
  kind in ownInputs ? [ownInputs[kind as keyof typeof ownInputs]] : ['answers', key];
