import { type Context, isId, type Viewer } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { TicketDraft } from './ticket-draft.ts';

/** A person's drafts, the last one saved first; there are never many. */
export const draftsOf = (em: EntityManager, { personId }: Viewer): Promise<TicketDraft[]> =>
  personId === null ? Promise.resolve([]) : em.find(TicketDraft, { personId }, { orderBy: { savedAt: 'desc', id: 'desc' } });

export const draftReferences = ({ em, viewer }: Context, ids: string[]): Promise<TicketDraft[]> =>
  em.find(TicketDraft, { id: { $in: ids.filter((id) => isId('drf', id)) }, personId: viewer.personId ?? '' });
