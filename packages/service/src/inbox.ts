import type { Envelope } from '@atende/events';
import { defineEntity, type EntityManager } from '@mikro-orm/postgresql';

/** Which foreign events have had their effect here: written in the transaction of the effect, so that it happens once. */
const InboxSchema = defineEntity({
  name: 'Inbox',
  tableName: 'inbox',
  properties: (p) => ({
    eventId: p.text().primary(),
    /** The service that owns the event. */
    owner: p.text(),
    type: p.text(),
    aggregate: p.text(),
    version: p.integer(),
    at: p.datetime(3),
  }),
});
export class Inbox extends InboxSchema.class {}
InboxSchema.setClass(Inbox);

/** Remembers that events had their effect, in the transaction of the effects. */
export async function remember(em: EntityManager, owner: string, events: readonly Envelope[], now: Date): Promise<void> {
  if (events.length === 0) return;
  // Past the unit of work: nobody here needs the rows again.
  await em.insertMany(
    Inbox,
    events.map(({ id, type, aggregate, version }) => ({ eventId: id, owner, type, aggregate, version, at: now })),
  );
}
