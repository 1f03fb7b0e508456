import { ErrorCode, type Fault, isId, type Viewer } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { TicketDraft } from './ticket-draft.ts';

interface Opening {
  viewer: Viewer;
  draftId: string | null | undefined;
  requestType: string;
}

/** Ends the draft that a ticket is opened from, in the opening's transaction: of two openings from one draft only the first finds it. */
export async function endDraft(em: EntityManager, { viewer, draftId, requestType }: Opening): Promise<Fault[]> {
  if (!draftId) return [];
  const own = { id: draftId, personId: viewer.personId ?? '', requestType };
  const ended = isId('drf', draftId) ? await em.nativeDelete(TicketDraft, own) : 0;
  return ended > 0 ? [] : [{ code: ErrorCode.NOT_FOUND, field: ['draftId'] }];
}
