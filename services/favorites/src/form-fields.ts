import { type EventData, type EventOf, type FormPublished, type OptionPlace, optionListId } from '@atende/events';
import { defineEntity, type EntityManager } from '@mikro-orm/postgresql';
import { type FieldOption, forAnybody } from './field-option.ts';

/** Where a field of a form takes its options from. */
export type OptionField = NonNullable<EventData<typeof FormPublished>['optionFields']>[number];

/** The fields with options of the newest form of a request type, kept from `form.published`. */
const FormFieldsSchema = defineEntity({
  name: 'FormFields',
  tableName: 'form_fields',
  rowLevelSecurity: 'force',
  policies: forAnybody,
  properties: (p) => ({
    requestType: p.text().primary(),
    formVersion: p.integer(),
    fields: p.json<OptionField[]>(),
  }),
});
export class FormFields extends FormFieldsSchema.class {}
FormFieldsSchema.setClass(FormFields);

export async function keepForm(em: EntityManager, { data }: EventOf<typeof FormPublished>): Promise<void> {
  const { requestType, formVersion, optionFields: fields } = data;
  if (!fields) return; // the event's first version did not say
  const known = await em.findOne(FormFields, { requestType });
  if (!known) em.create(FormFields, { requestType, formVersion, fields });
  else if (known.formVersion <= formVersion) em.assign(known, { formVersion, fields });
}

/** Every form's field of this name that offers options. */
export async function fieldsNamed(em: EntityManager, name: string): Promise<OptionField[]> {
  const forms = await em.find(FormFields, {}, { orderBy: { requestType: 'asc' } });
  return forms.flatMap(({ fields }) => fields.filter(({ field }) => field === name));
}

/** A list of options that forms offer, with its id. */
export interface OptionList extends OptionPlace {
  id: string;
}

/**
 * The lists that fields mean below a choice (null: nothing chosen above them): one, as a rule. Fields of one name that each form
 * binds to a product of its own mean several when none is chosen.
 */
export function listsBelow(fields: readonly OptionField[], parent: FieldOption | null): OptionList[] {
  const lists = fields.flatMap((field): OptionList[] => {
    if (!isBelow(field, parent)) return [];
    const place = { lists: field.lists, depth: field.depth, below: parent?.id ?? field.rootId };
    return [{ ...place, id: optionListId(place) }];
  });
  return [...new Map(lists.map((list) => [list.id, list])).values()];
}

function isBelow({ rootId, belowChoice }: OptionField, parent: FieldOption | null): boolean {
  if (parent === null) return !belowChoice;
  if (rootId === null) return belowChoice;
  return parent.id === rootId || parent.aboveIds.includes(rootId);
}
