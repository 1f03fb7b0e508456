import type { Envelope } from '@atende/events';
import type { ConsumerContext } from '@atende/service';
import { LockMode } from '@mikro-orm/postgresql';
import { Attachment } from './attachment.ts';

/**
 * Gives files to the ticket whose message brought them, for the message's own audience. Tickets checked their receipts;
 * here only one thing is left to decide: a file that a ticket has stays with it.
 */
export async function linkFiles(
  { aggregate: ticketId, audience, actor, requestId, traceparent }: Envelope<unknown>,
  files: { ids: string[]; commentId: string | null },
  context: ConsumerContext,
): Promise<void> {
  if (files.ids.length === 0) return;
  const { em, now, log } = context;
  // In the order of their ids, so that two messages with the same files wait for each other instead of both dying.
  const found = await em.find(Attachment, { id: { $in: files.ids } }, { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE });
  const visibility = audience === 'INTERNAL' ? 'INTERNAL' : 'PUBLIC';
  for (const file of found) {
    if (file.ticketId === ticketId) continue;
    const linked = file.link(em, { ticketId, commentId: files.commentId, visibility }, { actor, now, requestId, traceparent });
    if (!linked)
      log.warn({ attachmentId: file.id, ticketId, status: file.status, heldBy: file.ticketId }, 'a claim on a file came too late');
  }
  if (found.length < files.ids.length) log.warn({ ticketId, ids: files.ids }, 'a message claims files that do not exist');
}
