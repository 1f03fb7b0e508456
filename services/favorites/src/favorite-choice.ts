import { ErrorCode, type Fault } from '@atende/service';
import type { FieldOption } from './field-option.ts';
import type { OptionField, OptionList } from './form-fields.ts';

export const MOST_FAVORITES = 50;

/** A list of favorites as it is to be saved, with what is known of everything that it names. */
export interface Choice {
  /** Every form's field of the name that was given. */
  fields: readonly OptionField[];
  parentId: string | null;
  /** Null: nothing is known of it, or none was given. */
  parent: FieldOption | null;
  /** What the field means below the parent. */
  lists: readonly OptionList[];
  optionIds: readonly string[];
  known: ReadonlyMap<string, FieldOption>;
}

/** Everything that is wrong with it, at once. */
export function faultsOf(choice: Choice): Fault[] {
  const { optionIds } = choice;
  const tooMany = { code: ErrorCode.TOO_MANY, field: ['input', 'optionIds'], params: { max: MOST_FAVORITES, length: optionIds.length } };
  return [
    ...listFault(choice),
    ...(optionIds.length > MOST_FAVORITES ? [tooMany] : []),
    ...optionIds.slice(0, MOST_FAVORITES).flatMap((id, index) => {
      const code = optionIds.indexOf(id) < index ? ErrorCode.DUPLICATE_ANSWER : optionFault(choice, choice.known.get(id));
      return code ? [{ code, field: ['input', 'optionIds', String(index)] }] : [];
    }),
  ];
}

function listFault({ fields, parentId, parent, lists }: Choice): Fault[] {
  if (fields.length === 0) return [{ code: ErrorCode.UNKNOWN_FIELD, field: ['input', 'field'] }];
  const fault = (code: ErrorCode): Fault[] => [{ code, field: ['input', 'parent'] }];
  if (parentId === null) return lists.length === 0 ? fault(ErrorCode.REQUIRED) : [];
  if (!parent) return fault(ErrorCode.NOT_AN_OPTION);
  if (parent.retired) return fault(ErrorCode.OPTION_RETIRED);
  return lists.length === 0 ? fault(ErrorCode.OPTION_OF_ANOTHER_PARENT) : [];
}

function optionFault({ lists, parentId }: Choice, option: FieldOption | undefined): ErrorCode | null {
  if (!option) return ErrorCode.NOT_AN_OPTION;
  if (lists.length > 0 && !lists.some((list) => option.standsIn(list))) {
    const isOfTheField = lists.some((list) => list.lists.includes(option.list));
    return isOfTheField && parentId !== null ? ErrorCode.OPTION_OF_ANOTHER_PARENT : ErrorCode.NOT_AN_OPTION;
  }
  return option.retired ? ErrorCode.OPTION_RETIRED : null;
}
