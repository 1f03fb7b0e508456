import type { FormEvaluation } from './form-evaluation.ts';
import type { Localized } from './form-text.ts';
import { findPersonalData, maskPersonalData, type PersonalData } from './privacy.ts';

/** An answer that seems to hold personal numbers. Told to whoever types it, and to nobody else: never a fault, never kept. */
export interface PrivacyHint {
  field: string;
  label: Localized;
  numbers: PersonalData[];
  /** the answer with those numbers masked */
  masked: string;
}

export const privacyHints = ({ chosen }: Pick<FormEvaluation, 'chosen'>): PrivacyHint[] =>
  [...chosen.values()].flatMap(({ field, label, value, answered }) => {
    const numbers = answered && !field.options && typeof value === 'string' ? findPersonalData(value) : [];
    return numbers.length === 0 ? [] : [{ field: field.key, label, numbers, masked: maskPersonalData(String(value), numbers) }];
  });
