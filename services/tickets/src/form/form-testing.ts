import { demoId } from '@atende/service/ids';
import { MemoryCatalogue } from '../catalogue/catalogue-memory.ts';
import { seedCatalogue } from '../seed/catalogue.ts';
import { seedForms } from '../seed/forms.ts';
import { type FieldDraft, type Form, type FormDraft, formSchema } from './form.ts';
import type { Answer } from './form-catalogue.ts';
import type { FormContext } from './form-context.ts';
import { evaluateForm, type FormEvaluation } from './form-evaluation.ts';
import { type Localized, sameText } from './form-text.ts';

// Builders for tests: every field is optional.

export const catalogue = new MemoryCatalogue(seedCatalogue);

/** Id of an entry of the seed's catalogue. */
export const option = (path: string): string => demoId('opt', path);

type Organization = NonNullable<FormContext['organization']>;

export const buildOrganization = (over: Partial<Organization> = {}): Organization => ({
  id: demoId('org', 'ACME01'),
  clientCode: 'ACME01',
  country: 'BR',
  plan: 'PRIME',
  bso: false,
  entitlements: seedForms.map((form) => form.requestType).concat('PHONE'),
  ...over,
});

export const buildContext = (over: Partial<FormContext> = {}): FormContext => ({
  channel: 'PORTAL',
  staff: false,
  organization: buildOrganization(),
  contact: { id: demoId('con', 'ana@acme.example') },
  onBehalfOf: null,
  watchers: [],
  attachments: [],
  ...over,
});

export const buildField = (over: Partial<FieldDraft> = {}): FieldDraft => ({
  key: 'word',
  label: sameText('Word'),
  kind: 'TEXT',
  maxLength: 20,
  ...over,
});

/** A small form of these fields; what every form needs is added below them. */
export const buildDraft = (fields: FieldDraft[] = [], over: Partial<FormDraft> = {}): FormDraft => ({
  requestType: 'software.rm',
  serviceArea: 'SOFTWARE',
  title: sameText('RM'),
  entitledBy: [],
  product: null,
  steps: [
    {
      key: 'ticket',
      title: sameText('RM'),
      submitLabel: sameText('Go'),
      fields: [
        ...fields,
        buildField({ key: 'subject', label: sameText('Subject'), means: 'subject' }),
        buildField({ key: 'description', label: sameText('Description'), kind: 'LONG_TEXT', means: 'description' }),
      ],
    },
  ],
  guidance: [],
  attachmentPolicy: { extensions: null, archivesOnly: false, maxFiles: 2, maxBytes: 1000 },
  ...over,
});

export const buildForm = (fields: FieldDraft[] = [], over: Partial<FormDraft> = {}): Form => formSchema.parse(buildDraft(fields, over));

export function seedForm(requestType: string): Form {
  const found = seedForms.find((form) => form.requestType === requestType);
  if (!found) throw new Error(`no form for ${requestType}`);
  return found.form;
}

export const answersOf = (values: Record<string, unknown>): Answer[] => Object.entries(values).map(([field, value]) => ({ field, value }));

/** Evaluates answers given as an object. */
export const evaluate = (form: Form, values: Record<string, unknown> = {}, context: Partial<FormContext> = {}): Promise<FormEvaluation> =>
  evaluateForm(form, answersOf(values), buildContext(context), catalogue);

/** Faults in short: `subject REQUIRED`, `watchers.0 NOT_AN_EMAIL`. */
export const inShort = ({ faults }: FormEvaluation): string[] =>
  faults.map(({ field, code }) => `${(field[0] === 'answers' ? field.slice(1) : field).join('.')} ${code}`);

export const stateOf = (evaluation: FormEvaluation, key: string) =>
  [...evaluation.fields, ...evaluation.guidance].find((state) => state.key === key);

export const inPortuguese = (words: Localized | null | undefined): string | undefined => words?.['pt-BR'];
