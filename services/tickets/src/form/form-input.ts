import type { AttachmentPolicy, Field, Form } from './form.ts';
import { fieldsOf } from './form.ts';
import type { Value } from './form-answer.ts';
import type { AttachmentFact, FormContext } from './form-context.ts';
import { type FormFault, type FormFaultCode, inputLabels, ownInputs } from './form-fault.ts';

export const MAX_WATCHERS = 20;
const MAX_EMAIL = 254; // RFC 5321: a path has 256 characters with its angle brackets
const domainPart = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?`;
const email = new RegExp(String.raw`^[\p{L}\p{N}!#$%&'*+/=?^_{|}~.-]{1,64}@${domainPart}(?:\.${domainPart})+$`, 'u');

interface InputFault {
  input: keyof typeof inputLabels;
  item?: number;
  code: FormFaultCode;
  params?: Record<string, string | number>;
}

/** What the server itself shows: the client's code, or the contact's id. Null for what is computed later, such as criticality. */
export function automaticValue({ automatic }: Field, { organization, contact }: FormContext): string | null {
  if (!automatic) return null;
  return (automatic === 'clientContact' ? contact?.id : organization?.clientCode) ?? null;
}

/** Whom an automatic field is about: identity says their names. */
export function partyOf(
  { automatic }: Field,
  { organization, contact }: Pick<FormContext, 'organization' | 'contact'>,
): { id: string } | null {
  if (!automatic) return null;
  return automatic === 'clientContact' ? contact : organization;
}

/** The value of a field that has an input of its own; undefined for every other field. */
export function inputValue({ kind }: Field, { watchers, attachments, onBehalfOf }: FormContext): Value | null | undefined {
  if (kind === 'EMAIL_LIST') return readWatchers(watchers).emails;
  if (kind === 'FILES') return attachments.map((file) => file.id);
  if (kind === 'ON_BEHALF') return onBehalfOf && [onBehalfOf.organizationId, onBehalfOf.contactId];
  return undefined;
}

/** Faults of everything that comes beside the answers, under the label that the form gives to it. */
export function inputFaults(form: Form, context: FormContext): FormFault[] {
  const faults = [
    ...checkOpening(context, form.entitledBy),
    ...readWatchers(context.watchers).faults,
    ...checkAttachments(context.attachments, form.attachmentPolicy),
  ];
  return faults.map(({ input, item, code, params = {} }) => ({
    field: item === undefined ? [input] : [input, String(item)],
    code,
    label:
      fieldsOf(form).find(({ kind }) => kind in ownInputs && ownInputs[kind as keyof typeof ownInputs] === input)?.label ??
      inputLabels[input],
    params,
  }));
}

/** Addresses in one spelling, each once. */
export function readWatchers(watchers: readonly string[]): { emails: string[]; faults: InputFault[] } {
  const faults: InputFault[] = [];
  const emails = watchers.slice(0, MAX_WATCHERS).flatMap((raw, item) => {
    const address = raw.toWellFormed().normalize('NFC').trim().toLowerCase();
    if (address.length <= MAX_EMAIL && email.test(address)) return [address];
    faults.push({ input: 'watchers', item, code: 'NOT_AN_EMAIL', params: { value: address.slice(0, 80) } });
    return [];
  });
  if (watchers.length > MAX_WATCHERS) faults.push(tooMany('watchers', MAX_WATCHERS, watchers.length));
  return { emails: [...new Set(emails)], faults };
}

function checkAttachments(attachments: readonly AttachmentFact[], { maxBytes, maxFiles, ...policy }: AttachmentPolicy): InputFault[] {
  const allowed = extensionsOf(policy);
  const faults = attachments.flatMap(({ place: item, extension, bytes }): InputFault[] => {
    const refused = (params: InputFault['params']): InputFault => ({ input: 'attachmentIds', item, code: 'FILE_REFUSED', params });
    if (allowed && !allowed.includes(extension ?? '')) return [refused({ allowed: allowed.join(', ') })];
    return bytes > maxBytes ? [refused({ bytes, maxBytes })] : [];
  });
  if (attachments.length > maxFiles) faults.push(tooMany('attachmentIds', maxFiles, attachments.length));
  return faults;
}

/** Null: any. What their content really is, the attachments service has judged. */
const extensionsOf = ({ extensions, archivesOnly }: Pick<AttachmentPolicy, 'extensions' | 'archivesOnly'>): string[] | null =>
  archivesOnly ? ['zip', 'rar'].filter((archive) => extensions?.includes(archive) ?? true) : extensions;

const tooMany = (input: InputFault['input'], max: number, length: number): InputFault => ({
  input,
  code: 'TOO_MANY',
  params: { max, length },
});

/** What no field decides: may this organization open this at all, by this way, in this name? */
function checkOpening({ organization, channel, staff, onBehalfOf }: FormContext, entitledBy: readonly string[]): InputFault[] {
  const faults: InputFault[] = [];
  const entitled = (names: readonly string[]) => names.some((name) => organization?.entitlements.includes(name));
  if (!organization && !staff) faults.push({ input: 'organizationId', code: 'ORGANIZATION_REQUIRED' });
  if (organization && entitledBy.length > 0 && !entitled(entitledBy)) faults.push({ input: 'formId', code: 'NOT_ENTITLED' });
  if (channel === 'PHONE' && !staff) faults.push({ input: 'channel', code: 'CHANNEL_NOT_ALLOWED' });
  else if (channel === 'PHONE' && organization && !entitled(['PHONE'])) faults.push({ input: 'channel', code: 'NOT_ENTITLED' });
  if (staff && !onBehalfOf) faults.push({ input: 'onBehalfOf', code: 'REQUIRED' });
  if (!staff && onBehalfOf) faults.push({ input: 'onBehalfOf', code: 'HIDDEN_FIELD' });
  return faults;
}
