/** Everything that can be wrong with a form written as data. */
export const formDefectRules = [
  // as a text
  ...(['NOT_JSON', 'TOO_LARGE', 'TOO_DEEP', 'TOO_LONG', 'TOO_MANY', 'NOT_STORABLE'] as const),
  // in its shape
  ...(['MISSING', 'WRONG_TYPE', 'UNKNOWN_PROPERTY', 'NOT_ONE_OF', 'WRONG_FORMAT', 'TOO_FEW', 'OUT_OF_RANGE', 'NO_CONDITION'] as const),
  // in its sense
  ...(['KEY_TAKEN', 'KEY_RESERVED', 'NOT_ABOVE', 'HAS_NO_OPTIONS', 'NOT_A_SELECT', 'NEVER_EQUAL'] as const),
  ...(['NEEDS_OPTIONS', 'TAKES_NO_OPTIONS', 'NEEDS_LENGTH', 'TAKES_NO_LENGTH', 'ONLY_DISPLAY_IS_AUTOMATIC'] as const),
  ...(['ONLY_SWITCH_MUST_BE_ON', 'FILLED_BY_SERVER', 'NEEDS_PRIVACY_HELP', 'TAKES_NO_VALUE', 'NOT_ITS_VALUE'] as const),
  ...(['MEANING_TAKEN', 'MEANING_OF_ANOTHER_KIND', 'CHECKLIST_IS_OPTIONAL', 'NO_SUBJECT', 'NO_DESCRIPTION'] as const),
  // beside the catalogue and the version before
  ...(['OTHER_REQUEST_TYPE', 'UNKNOWN_LEVEL', 'UNKNOWN_PATH', 'RETIRED_PATH', 'NOT_A_PRODUCT', 'NOT_ITS_OPTION'] as const),
  ...(['UNKNOWN_CODE', 'NOTHING_TO_CHOOSE', 'MEANING_DROPPED', 'MUST_BE_ASKED'] as const),
] as const;
export type FormDefectRule = (typeof formDefectRules)[number];

/** What is wrong at one place of a form, for the supervisor who wrote it. */
export interface FormDefect {
  rule: FormDefectRule;
  /** into the data: `['steps', '0', 'fields', '3', 'options', 'parent']`; empty when it is about the whole */
  path: string[];
  params: Record<string, string | number>;
}

export type Say = (where: string, rule: FormDefectRule, params?: FormDefect['params']) => void;

/** Collects defects below a path; `where` is written with dots. */
export const saying =
  (defects: FormDefect[], ...at: string[]): Say =>
  (where, rule, params = {}) =>
    void defects.push({ rule, path: [...at, ...where.split('.')].filter((part) => part !== ''), params });
