import type { EntityManager } from '@mikro-orm/postgresql';

/** Short, human, unique: numbers may have gaps, never twins. */
export async function nextNumber(em: EntityManager): Promise<string> {
  const [row] = await em.execute<{ number: string }[]>(`select nextval('ticket_number')::text as number`);
  return row?.number ?? '';
}
