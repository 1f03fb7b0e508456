import type { EventOf, PersonAnonymised } from '@atende/events';
import type { Job } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { TicketDraft } from './ticket-draft.ts';

/** Erases what nobody went on with. */
export const forgetDrafts: Job<{ draftRetention: number }> = {
  name: 'forget drafts',
  everyMs: 3_600_000, // 1 hour: it reads the whole table
  run: async ({ em, clock, deps }) => {
    await em.nativeDelete(TicketDraft, { savedAt: { $lt: new Date(clock.now().getTime() - deps.draftRetention) } });
  },
};

/** What somebody typed who is nobody now, and what staff typed in their name. */
export async function forgetDraftsOf(em: EntityManager, { aggregate, data }: EventOf<typeof PersonAnonymised>): Promise<void> {
  await em.nativeDelete(TicketDraft, { $or: [{ personId: aggregate }, { contactId: { $in: data.contactIds } }] });
}
