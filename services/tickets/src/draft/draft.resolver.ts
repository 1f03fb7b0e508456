import { ForKeys, Guard, signedIn } from '@atende/service';
import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { TicketsContext } from '../tickets-context.ts';
import { discardDraft, saveDraft } from './draft.deeds.ts';
import { DiscardDraftInput, DiscardDraftPayload, SaveDraftInput, SaveDraftPayload, TicketDraftFace } from './draft.graphql.ts';
import { keepsDrafts } from './draft.policy.ts';
import { draftsOf } from './draft.queries.ts';
import { lastForm } from './last-form.queries.ts';
import type { TicketDraft } from './ticket-draft.ts';

@Resolver()
export class DraftResolver {
  @Query(() => [TicketDraftFace], { description: 'The viewer’s own drafts, the last one saved first.' })
  @Guard(signedIn)
  drafts(@Ctx() { em, viewer }: TicketsContext): Promise<TicketDraft[]> {
    return draftsOf(em, viewer);
  }

  @Query(() => TicketDraftFace, { nullable: true, description: 'A draft; null when it does not exist or is another person’s.' })
  @Guard(signedIn)
  draft(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() { load }: TicketsContext): Promise<TicketDraft | null> {
    return load<TicketDraft>('TicketDraft', id);
  }

  @Query(() => TicketDraftFace, {
    nullable: true,
    description:
      'The viewer’s last ticket of a request type as a template: what it was opened for, not what had happened. Null when there is none.',
  })
  @Guard(signedIn)
  lastForm(
    @Arg('requestType', () => String, { description: 'Its code, e.g. technical-support.' }) requestType: string,
    @Ctx() context: TicketsContext,
  ): Promise<TicketDraft | null> {
    return lastForm(context, requestType);
  }

  @Mutation(() => SaveDraftPayload, {
    description: 'Keeps what was typed into a form, right or wrong; nothing is refused but what is too much.',
  })
  @Guard(keepsDrafts)
  @ForKeys('WRITE_TICKETS')
  async saveDraft(
    @Arg('input', () => SaveDraftInput, { description: 'What was typed so far.' }) input: SaveDraftInput,
    @Ctx() context: TicketsContext,
  ): Promise<SaveDraftPayload> {
    return { draft: (await saveDraft(context, input)) as never, errors: [] };
  }

  @Mutation(() => DiscardDraftPayload, { description: 'Erases a draft.' })
  @Guard(keepsDrafts)
  @ForKeys('WRITE_TICKETS')
  async discardDraft(
    @Arg('input', () => DiscardDraftInput, { description: 'Which.' }) input: DiscardDraftInput,
    @Ctx() context: TicketsContext,
  ): Promise<DiscardDraftPayload> {
    await discardDraft(context, input);
    return { draftId: input.draftId, errors: [] };
  }
}
