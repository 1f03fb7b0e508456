import type { Viewer } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';

// What a person opened last. Only so many tickets are looked through, however many there are.

const MOST_TICKETS = 200;
const MOST_FOR_OPTIONS = 50;
/** As whom a person opens: as each of their contacts, or as the analyst. */
const openers = ({ contacts, analystId }: Viewer): string[] => [...contacts.map(({ id }) => id), ...(analystId ? [analystId] : [])];

/**
 * The last tickets of each name of a person; each is looked for by itself, so that PostgreSQL knows how many it has. By the moment and not by
 * the id, by whose index it might walk through everybody's.
 */
const lastOf = (names: string[], columns: string, most: number): { sql: string; values: (string | number)[] } => ({
  sql: names
    .map(() => `(select id, created_at, ${columns} from ticket where opened_by_id = ? order by created_at desc limit ?)`)
    .join(' union all '),
  values: names.flatMap((name) => [name, most]),
});

/** Id of the last ticket of a request type. */
export async function lastOpened(em: EntityManager, viewer: Viewer, requestType: string): Promise<string | null> {
  const { sql, values } = lastOf(openers(viewer), 'request_type', MOST_TICKETS);
  if (sql === '') return null;
  const [row] = await em.execute<{ id: string }[]>(
    `select id from (${sql}) as last where request_type = ? order by created_at desc, id desc limit 1`,
    [...values, requestType],
  );
  return row?.id ?? null;
}

/** Ids of the options that were chosen in any field, each once, the last one chosen first. */
export async function lastChosen(em: EntityManager, viewer: Viewer): Promise<string[]> {
  const { sql, values } = lastOf(openers(viewer), 'answers', MOST_FOR_OPTIONS);
  if (sql === '') return [];
  const rows = await em.execute<{ id: string }[]>(
    `select chosen.id from (${sql}) as last
       cross join lateral jsonb_array_elements(last.answers) as answer
       cross join lateral jsonb_array_elements_text(
         case jsonb_typeof(answer -> 'value') when 'array' then answer -> 'value' else jsonb_build_array(answer -> 'value') end) as chosen(id)
     where chosen.id like 'opt\\_%' group by chosen.id order by max(last.created_at) desc, max(last.id) desc, chosen.id`,
    values,
  );
  return rows.map(({ id }) => id);
}
