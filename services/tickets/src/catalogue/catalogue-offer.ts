import { OptionsOffered } from '@atende/events';
import { demoId, recordEvent } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { formSchema } from '../form/form.ts';
import { FormVersion, tellPublished } from '../form/form-version.ts';
import { TicketEventRow } from '../history/ticket-event.ts';
import { CatalogueRow } from './catalogue-entry.ts';
import { batchesOf, type Line, placesOf } from './catalogue-places.ts';

/** The catalogue as an aggregate: its events are the batches of options that were ever offered. */
export const CATALOGUE_ID = demoId('cat', 'catalogue');

/**
 * Tells other services, once, everything they need to know which option stands in which list: the entries of the catalogue and
 * where the fields of the forms take theirs from. An installation that is older than these events is told when it starts.
 */
export async function offerEverything(em: EntityManager, now: Date): Promise<void> {
  if ((await versionsOf(em, CATALOGUE_ID)) > 0) return;
  const lines = await em.find(CatalogueRow, {}, { orderBy: { path: 'asc' } });
  await offer(em, lines, now);
  const ids = new Map(lines.map(({ path, id }) => [path, id]));
  for (const version of await em.find(FormVersion, { status: { $ne: 'DRAFT' } })) await tellForm(em, version, ids, now);
}

async function offer(em: EntityManager, lines: readonly Line[], at: Date): Promise<void> {
  const told = await versionsOf(em, CATALOGUE_ID);
  const byId = new Map(lines.map((line) => [line.id, line]));
  for (const [index, places] of batchesOf(placesOf(lines, (id) => byId.get(id))).entries()) {
    const facts = { aggregate: CATALOGUE_ID, version: told + index + 1, actor: null, at };
    recordEvent(em, OptionsOffered, { ...facts, audience: 'SYSTEM', data: { places } });
  }
}

async function tellForm(em: EntityManager, version: FormVersion, ids: ReadonlyMap<string, string>, now: Date): Promise<void> {
  version.revision = (await versionsOf(em, version.id)) + 1;
  tellPublished(em, version, formSchema.parse(version.definition), ids, { actor: null, now });
}

/** How many events an aggregate has. */
const versionsOf = (em: EntityManager, aggregate: string): Promise<number> => em.count(TicketEventRow, { aggregate });
