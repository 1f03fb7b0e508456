import type { EventOf, OptionPlace, OptionRetired, OptionsOffered } from '@atende/events';
import { sqlIsWorker } from '@atende/service';
import { defineEntity, type EntityManager } from '@mikro-orm/postgresql';

/** Rows that say nothing about anybody: whoever is signed in may read them, only events write them. */
export const forAnybody = [
  { name: 'read', command: 'select' as const, using: "(select current_setting('app.kind', true) in ('PERSON', 'CLASS'))" },
  { name: 'worker', using: sqlIsWorker },
];

/** An entry of the catalogue as far as this service knows it from the events of tickets. */
const FieldOptionSchema = defineEntity({
  name: 'FieldOption',
  tableName: 'field_option',
  rowLevelSecurity: 'force',
  policies: forAnybody,
  properties: (p) => ({
    id: p.text().primary(),
    /** The list of the catalogue that it belongs to. */
    list: p.text(),
    /** The entries above it, the nearest first. */
    aboveIds: p.array<string>().columnType('text[]'),
    /** It, or something above it, is out of use. */
    retired: p.boolean(),
  }),
});
export class FieldOption extends FieldOptionSchema.class {
  /** Whether it is one of the options of a list, in use or not. */
  standsIn({ lists, depth, below }: OptionPlace): boolean {
    if (!lists.includes(this.list)) return false;
    return below === null || (depth === 'CHILDREN' ? this.aboveIds[0] === below : this.aboveIds.includes(below));
  }
}
FieldOptionSchema.setClass(FieldOption);

/** Keeps where options stand. What is out of use stays so: a batch may be told again, or late. */
export async function keepOffered(em: EntityManager, { data }: EventOf<typeof OptionsOffered>): Promise<void> {
  await em.execute(
    `insert into field_option (id, list, above_ids, retired)
     select distinct on (id) id, list, above, exists (select 1 from field_option as known where known.retired and known.id = any(above))
     from jsonb_to_recordset(?::jsonb) as place(list text, "aboveIds" jsonb, "optionIds" jsonb)
       cross join jsonb_array_elements_text("optionIds") as option(id)
       cross join lateral (select array(select jsonb_array_elements_text("aboveIds"))) as line(above)
     on conflict (id) do update
       set list = excluded.list, above_ids = excluded.above_ids, retired = field_option.retired or excluded.retired`,
    [JSON.stringify(data.places)],
  );
}

/** Takes an option out of every list, with what lies below it; also one that is not known yet. */
export async function keepRetired(em: EntityManager, { aggregate: id, data }: EventOf<typeof OptionRetired>): Promise<void> {
  await em.upsert(FieldOption, { id, list: data.list, aboveIds: [], retired: true }, { onConflictMergeFields: ['retired'] });
  await em.nativeUpdate(FieldOption, { aboveIds: { $contains: [id] } }, { retired: true });
}
