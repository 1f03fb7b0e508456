import { z } from 'zod';
import { levelSchema, type OptionScope } from '../catalogue/catalogue.ts';
import { fieldsIn, optionProbesIn, ruleSchema } from './form-condition.ts';
import { localizedSchema, placeholdersOf } from './form-text.ts';

export const fieldKinds = [
  'TEXT',
  'LONG_TEXT',
  'BOOLEAN',
  'SELECT',
  'MULTI_SELECT',
  'EMAIL_LIST',
  'FILES',
  'ON_BEHALF',
  'DISPLAY',
  'COMPUTED',
] as const;
export type FieldKind = (typeof fieldKinds)[number];

export const serviceAreas = ['SOFTWARE', 'RELATIONSHIP', 'VALUE_ADDED', 'TECHNICAL_SUPPORT'] as const;
export type ServiceArea = (typeof serviceAreas)[number];

/**
 * What a field is about, whatever the form calls it (domain 2.1, 2.2). The meanings behind the label "Ambiente" are
 * four of these: productLine, environment (its kind comes with the entry) and deployment; the label stays the form's.
 */
export const meanings = [
  ...['subject', 'summary', 'description', 'watchers', 'attachments', 'organization', 'contact', 'onBehalf', 'service'],
  ...['country', 'category', 'origin', 'effect', 'impact', 'solicitationType', 'criticality', 'directToBso'],
  ...['macroSegment', 'product', 'module', 'routineGroup', 'routine'],
  ...['productLine', 'environment', 'deployment', 'versionLine', 'version', 'businessStoppage', 'inClientCustomization'],
] as const;
export type Meaning = (typeof meanings)[number];

/** What the server itself shows in a DISPLAY field. */
export const automaticSources = ['client', 'clientContact', 'organization'] as const;
export type AutomaticSource = (typeof automaticSources)[number];

const key = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/, 'a key starts with a small letter and has letters and digits, 40 at most');

/** A value written in a form: for options the path of the entry in the catalogue. */
const literal = z.union([z.string(), z.boolean(), z.array(z.string())]);
const choice = z.strictObject({ when: ruleSchema.default(true), value: literal });
export type Choice = z.infer<typeof choice>;

const optionSource = z.strictObject({
  levels: z.array(levelSchema).min(1).max(10),
  /** key of an earlier SELECT: only what lies below the option chosen there */
  parent: key.optional(),
  /** path of a node: only what lies below it */
  root: z.string().min(1).optional(),
  depth: z.enum(['CHILDREN', 'DESCENDANTS']).default('CHILDREN'),
  /** labels say where the option stands: "RM › RM Labore" */
  showPath: z.boolean().default(false),
});
export type OptionSource = z.infer<typeof optionSource>;

export const fieldSchema = z.strictObject({
  key,
  /** may name earlier fields as `{key}`: "Ambiente › {environment}" */
  label: localizedSchema,
  help: localizedSchema.optional(),
  kind: z.enum(fieldKinds),
  means: z.enum(meanings).optional(),
  options: optionSource.optional(),
  visible: ruleSchema.default(true),
  required: ruleSchema.default(false),
  /** the first choice whose condition holds; a fixed field refuses a client's value */
  fixed: z.array(choice).default([]),
  default: z.array(choice).default([]),
  automatic: z.enum(automaticSources).optional(),
  /** a switch that can only be on: "Direciona atendimento para BSO" */
  mustBeOn: z.boolean().default(false),
  /** in characters (code points) */
  maxLength: z.int().min(1).max(60_000).optional(),
});
export type Field = z.infer<typeof fieldSchema>;

export const stepSchema = z.strictObject({
  key,
  title: localizedSchema,
  submitLabel: localizedSchema,
  fields: z.array(fieldSchema).min(1),
});

export const attachmentPolicySchema = z.strictObject({
  /** small letters without the dot; null is every type that is safe */
  extensions: z.array(z.string().regex(/^[a-z0-9]{1,10}$/)).nullable(),
  archivesOnly: z.boolean(),
  maxFiles: z.int().min(0).max(100),
  /** of one file */
  maxBytes: z.int().min(1),
});
export type AttachmentPolicy = z.infer<typeof attachmentPolicySchema>;

export const requestTypeSchema = z
  .string()
  .max(60)
  .regex(/^[a-z][a-z-]*(\.[a-z][a-z-]*)?$/);

/** One published or drafted version of the form of a request type, as data. Its id and version number stand in its row. */
export const formSchema = z.strictObject({
  requestType: requestTypeSchema,
  serviceArea: z.enum(serviceAreas),
  title: localizedSchema,
  /** the organization needs one of these entitlements to open; empty: everyone may */
  entitledBy: z.array(z.string().min(1)),
  /** path of the product that every ticket of this form is about, where the form does not ask */
  product: z.string().min(1).nullable(),
  steps: z.array(stepSchema).min(1),
  /** the checklist (domain 2.8): optional, kept structured, counted for completeness */
  guidance: z.array(fieldSchema),
  attachmentPolicy: attachmentPolicySchema,
});
export type Form = z.infer<typeof formSchema>;
/** A form as it is written by hand: what has a default may be left out. */
export type FormDraft = z.input<typeof formSchema>;
export type FieldDraft = z.input<typeof fieldSchema>;

/** Fields in the order in which a person meets them; a rule looks upwards only, so one pass decides a form. */
export const fieldsOf = (form: Form): Field[] => [...form.steps.flatMap((step) => step.fields), ...form.guidance];

export const rulesOf = (field: Field) => [field.visible, field.required, ...[...field.fixed, ...field.default].map((one) => one.when)];

/** Keys of the earlier fields that a front end must send along when it asks for this field's options or state. */
export const dependsOn = (field: Field): string[] => [
  ...new Set([
    ...(field.options?.parent ? [field.options.parent] : []),
    ...rulesOf(field).flatMap(fieldsIn),
    ...placeholdersOf(field.label),
  ]),
];

export const probesOf = (field: Field): string[] => rulesOf(field).flatMap(optionProbesIn);

/** Where a field's options lie once the option above it is known (an id or a path). Null: the option above is missing. */
export function scopeOf(source: OptionSource, above: string | null): OptionScope | null {
  if (source.parent !== undefined && above === null) return null;
  return { levels: source.levels, below: above ?? source.root ?? null, depth: source.depth };
}
