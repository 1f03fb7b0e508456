import { DateTime } from '@atende/service';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { RequestFormFace } from '../form/form.graphql.ts';
import { drawEvaluation, drawForm } from '../form/form.view.ts';
import { FormEvaluationFace } from '../form/form-evaluation.graphql.ts';
import { evaluateOpening } from '../form/form-opening.ts';
import type { TicketPriority } from '../lifecycle/ticket-status.ts';
import { fileIn } from '../opening/receipt.ts';
import { PriorityEnum } from '../ticket/ticket.graphql.ts';
import type { TicketsContext } from '../tickets-context.ts';
import { Attachment, DraftAnswerFace, DraftContext, DroppedAnswerFace, TicketDraftFace } from './draft.graphql.ts';
import { type CarriedDraft, carryDraft } from './draft-carrying.ts';
import type { DraftContent, TicketDraft } from './ticket-draft.ts';

@Resolver(() => TicketDraftFace)
export class DraftFieldResolver {
  @FieldResolver(() => RequestFormFace, { nullable: true, description: 'The version of the form that it will be opened with.' })
  async form(@Root() draft: TicketDraft, @Ctx() context: TicketsContext): Promise<RequestFormFace | null> {
    const carried = await carriedOnce(context, draft);
    return carried && drawForm(carried.opening, context.language);
  }

  @FieldResolver(() => [DraftAnswerFace], { description: 'What was typed, as far as the form still has a place for it.' })
  async answers(@Root() draft: TicketDraft, @Ctx() context: TicketsContext): Promise<DraftAnswerFace[]> {
    return (await carriedOnce(context, draft))?.answers ?? draft.content.answers;
  }

  @FieldResolver(() => [DroppedAnswerFace], {
    description: 'What a newer version of the form has no place for; gone when the draft is saved again.',
  })
  async dropped(@Root() draft: TicketDraft, @Ctx() context: TicketsContext): Promise<DroppedAnswerFace[]> {
    const { dropped = [] } = (await carriedOnce(context, draft)) ?? {};
    return dropped.map(({ field, value, label, display }) => ({
      ...{ field, value },
      label: label[context.language],
      displayValue: display[context.language],
    }));
  }

  @FieldResolver(() => FormEvaluationFace, {
    nullable: true,
    description: 'What the server makes of it now, and why it could not be opened. Null, with an error, when its files cannot be checked.',
  })
  async evaluation(@Root() draft: TicketDraft, @Ctx() context: TicketsContext): Promise<FormEvaluationFace | null> {
    const carried = await carriedOnce(context, draft);
    if (!carried) return null;
    const input = { ...draft.content.context, answers: carried.answers };
    const opening = await evaluateOpening(context, context.em, carried.opening.version, input);
    return drawEvaluation(opening, await context.deps.library.decisionTable(), context.language);
  }

  @FieldResolver(() => [String], { description: 'Addresses that are to get a copy, as typed.' })
  watchers(@Root() { content }: TicketDraft): string[] {
    return content.context.watchers ?? [];
  }

  @FieldResolver(() => DraftContext, { description: 'For whom and how it is to be opened.' })
  context(@Root() { content }: TicketDraft): DraftContext {
    return content.context as DraftContext;
  }

  @FieldResolver(() => [Attachment], { description: 'Its files; those that are gone are left out, and `evaluation` says so.' })
  attachments(@Root() { content }: TicketDraft): Attachment[] {
    return (content.context.attachmentIds ?? []).flatMap((receipt) => fileIn(receipt) ?? []);
  }

  @FieldResolver(() => PriorityEnum, { nullable: true, description: 'How soon it is wished for.' })
  requestedPriority(@Root() { content }: TicketDraft): TicketPriority | null {
    return content.requestedPriority;
  }

  @FieldResolver(() => DateTime, { description: 'When it was last saved.' })
  updatedAt(@Root() { savedAt }: TicketDraft): Date {
    return savedAt;
  }
}

const carrying = new WeakMap<DraftContent, Promise<CarriedDraft | null>>();

/** Four fields of a draft look at the same. What was read lives for one request, which may save the draft and look again. */
function carriedOnce(context: TicketsContext, draft: TicketDraft): Promise<CarriedDraft | null> {
  const carried = carrying.get(draft.content) ?? carryDraft(context, context.em, draft);
  carrying.set(draft.content, carried);
  return carried;
}
