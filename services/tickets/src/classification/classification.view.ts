import type { EventRow } from '@atende/service';
import type { Ticket } from '../ticket/ticket.ts';
import { drawAnswers } from '../ticket/ticket-form.view.ts';
import type { TicketsContext } from '../tickets-context.ts';
import type { FiledFormFace, TicketFormChangeFace } from './classification.graphql.ts';
import { FormerForm } from './former-form.ts';

/** What the form of a ticket said around a classification; null for events of other types. */
export async function formChange(context: TicketsContext, { type, aggregate, version }: EventRow): Promise<TicketFormChangeFace | null> {
  if (type !== 'ticket.classified') return null;
  const { em, load } = context;
  const since = { ticketId: aggregate, until: { $gte: version } };
  const [before, next] = await em.find(FormerForm, since, { orderBy: { until: 'asc' }, limit: 2 });
  const after = next ?? (await load<Ticket>('Ticket', aggregate));
  return before && after ? { before: await drawFiled(context, before), after: await drawFiled(context, after) } : null;
}

async function drawFiled({ deps, language }: TicketsContext, filed: FormerForm | Ticket): Promise<FiledFormFace> {
  const { formId, requestType, subject, description, answers } = filed;
  const formVersion = (await deps.library.version(formId))?.version ?? null;
  return { requestType, formVersion, subject, description, answers: drawAnswers(answers, language) };
}
