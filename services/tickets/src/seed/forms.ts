import { demoId } from '@atende/service/ids';
import { type Form, formSchema } from '../form/form.ts';
import { relationshipForms } from './forms/relationship.ts';
import { softwareForms } from './forms/software.ts';
import { technicalSupport } from './forms/technical-support.ts';
import { valueAddedBpoHr, valueAddedCloud, valueAddedDatacenter, valueAddedInfra, valueAddedRmo } from './forms/value-added.ts';

export interface SeedForm {
  id: string;
  requestType: string;
  version: number;
  form: Form;
}

const drafts = [
  ...softwareForms,
  ...relationshipForms,
  ...[valueAddedCloud, valueAddedDatacenter, valueAddedInfra, valueAddedRmo, valueAddedBpoHr],
  technicalSupport,
];

/** The first version of the form of every request type, in the order of the menu. */
export const seedForms: readonly SeedForm[] = drafts.map((draft) => ({
  id: demoId('frm', `${draft.requestType}@1`),
  requestType: draft.requestType,
  version: 1,
  form: formSchema.parse(draft),
}));
