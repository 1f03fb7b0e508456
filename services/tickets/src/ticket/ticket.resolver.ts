import { type Context, connection, encodeCursor, Guard, isId, lastPlace, liveCursor, signedIn, staffOnly } from '@atende/service';
import { Arg, Ctx, Directive, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { HistoryConnection } from '../history/history.graphql.ts';
import type { TicketAction } from '../lifecycle/ticket-status.ts';
import { RoutingTraceFace } from '../opening/routing.graphql.ts';
import { Actor, Analyst, Contact, Group, Organization, reference } from '../people.graphql.ts';
import { CommentConnection } from './comment.graphql.ts';
import { Comment } from './comment.ts';
import { CriticalityFace, DueTransitionFace, TicketActionEnum, TicketAnswerFace, TicketFace } from './ticket.graphql.ts';
import { allowedActions } from './ticket.policy.ts';
import { ticketCounts, ticketPage } from './ticket.queries.ts';
import { Ticket } from './ticket.ts';
import { drawAnswers } from './ticket-form.view.ts';
import { TicketLinkFace } from './ticket-link.graphql.ts';
import { linksOf } from './ticket-links.queries.ts';
import { TicketConnection, TicketCountsFace, TicketFilterInput, TicketOrderEnum } from './ticket-list.graphql.ts';
import type { TicketOrder } from './ticket-order.ts';
import { commentPage, historyPage } from './ticket-thread.queries.ts';

@Resolver(() => TicketFace)
export class TicketResolver {
  @Query(() => TicketFace, { nullable: true, description: 'A ticket; null when it does not exist or may not be seen.' })
  @Guard(signedIn)
  ticket(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() { load }: Context): Promise<Ticket | null> | null {
    return isId('tkt', id) ? load<Ticket>('Ticket', id) : null;
  }

  @Query(() => TicketFace, { nullable: true, description: 'A ticket by its short number.' })
  @Guard(signedIn)
  ticketByNumber(
    @Arg('number', () => String, { description: 'As people say it.' }) number: string,
    @Ctx() { em }: Context,
  ): Promise<Ticket | null> {
    return /^\d{1,18}$/.test(number.trim()) ? em.findOne(Ticket, { number: number.trim() }) : Promise.resolve(null);
  }

  @Query(() => TicketConnection, { description: 'The tickets the viewer sees.' })
  @Guard(signedIn)
  async tickets(
    @Arg('filter', () => TicketFilterInput, { nullable: true, description: 'Which.' }) filter: TicketFilterInput | null,
    @Arg('orderBy', () => TicketOrderEnum, { nullable: true, description: 'NEWEST when absent.' }) orderBy: TicketOrder | null,
    @Arg('first', () => Int, { nullable: true, description: 'How many from the start, 1 to 100.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'After this cursor.' }) after: string | null,
    @Arg('last', () => Int, { nullable: true, description: 'How many from the end, 1 to 100.' }) last: number | null,
    @Arg('before', () => String, { nullable: true, description: 'Before this cursor.' }) before: string | null,
    @Ctx() { em, viewer }: Context,
  ): Promise<TicketConnection> {
    return em.transactional(async (reading) => {
      const reached = await liveCursor(reading); // before the rows: what happens in between comes again, never not at all
      const page = await ticketPage(reading, viewer, {
        filter: filter ?? {},
        order: orderBy ?? 'NEWEST',
        page: { first, after, last, before },
      });
      return { ...connection(page), liveCursor: reached } as TicketConnection;
    });
  }

  @Query(() => TicketCountsFace, { description: 'Counts of the tickets the viewer sees.' })
  @Guard(signedIn)
  ticketCounts(
    @Arg('filter', () => TicketFilterInput, { nullable: true, description: 'Which.' }) filter: TicketFilterInput | null,
    @Ctx() { em, viewer }: Context,
  ): Promise<TicketCountsFace> {
    return ticketCounts(em, viewer, filter ?? {});
  }

  @FieldResolver(() => String, { description: 'Give it as `after` to `ticketChanged`: nothing is missed since this row was read.' })
  async liveCursor(@Root() { reached }: Ticket, @Ctx() { em }: Context): Promise<string> {
    const [epoch, position] = (reached ?? '').split('.');
    return epoch ? encodeCursor({ epoch, position: Number(position) }) : encodeCursor(await lastPlace(em));
  }

  @FieldResolver(() => CriticalityFace, { description: 'What the decision table said.' })
  criticality(@Root() ticket: Ticket, @Ctx() { language }: Context): CriticalityFace {
    const { criticality: value, criticalityEdition: edition, criticalityRule: rule, criticalityReason, immediateAttention } = ticket;
    return {
      value,
      edition,
      rule,
      reason: criticalityReason?.[language] ?? null,
      immediateAttention: immediateAttention !== null,
      immediateAttentionReason: immediateAttention,
    };
  }

  @FieldResolver(() => [TicketAnswerFace], { description: 'The answers of its form, labels as they were.' })
  answers(@Root() { answers }: Ticket, @Ctx() { language }: Context): TicketAnswerFace[] {
    return drawAnswers(answers, language);
  }

  @FieldResolver(() => DueTransitionFace, { nullable: true, description: 'What time will do to it if nobody acts.' })
  dueTransition(@Root() { dueTo, dueAt }: Ticket): DueTransitionFace | null {
    return dueTo && dueAt && { to: dueTo, at: dueAt };
  }

  @FieldResolver(() => Organization, { nullable: true, description: 'Its client organization.' })
  organization(@Root() { organizationId }: Ticket): Organization | null {
    return reference(organizationId);
  }

  @FieldResolver(() => Contact, { nullable: true, description: 'The contact in whose name it stands.' })
  requester(@Root() { requesterId }: Ticket): Contact | null {
    return reference(requesterId);
  }

  @FieldResolver(() => Actor, { nullable: true, description: 'Who typed it.' })
  openedBy(@Root() { openedById }: Ticket): Contact | Analyst | null {
    return reference(openedById);
  }

  @FieldResolver(() => Analyst, { nullable: true, description: 'Whose it is.' })
  assignee(@Root() { assigneeId }: Ticket): Analyst | null {
    return reference(assigneeId);
  }

  @FieldResolver(() => Group, { nullable: true, description: 'The support group whose queue it stands in.' })
  group(@Root() { groupId }: Ticket): Group | null {
    return reference(groupId);
  }

  @FieldResolver(() => RoutingTraceFace, {
    nullable: true,
    description: 'The rules that chose its group; for staff. Null until routing has run.',
  })
  @Guard(staffOnly)
  routingTrace(@Root() { routing }: Ticket): RoutingTraceFace | null {
    return routing && { ...routing, group: reference(routing.groupId) };
  }

  @FieldResolver(() => TicketFace, { nullable: true, description: 'The closed ticket that this one continues.' })
  followUpOf(@Root() { followUpOfId }: Ticket, @Ctx() { load }: Context): Promise<Ticket | null> | null {
    return followUpOfId === null ? null : load<Ticket>('Ticket', followUpOfId);
  }

  @FieldResolver(() => [TicketLinkFace], { description: 'Other tickets that belong to it.' })
  async links(@Root() ticket: Ticket, @Ctx() { em, viewer }: Context): Promise<TicketLinkFace[]> {
    return (await linksOf(em, viewer, ticket)) as unknown as TicketLinkFace[];
  }

  @FieldResolver(() => CommentConnection, { description: 'Its messages, oldest first.' })
  async comments(
    @Root() { id }: Ticket,
    @Arg('first', () => Int, { nullable: true, description: 'How many, 1 to 100.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'After this cursor.' }) after: string | null,
    @Ctx() { em, viewer }: Context,
  ): Promise<CommentConnection> {
    return connection<Comment>(await commentPage(em, viewer, id, { first, after })) as CommentConnection;
  }

  @FieldResolver(() => HistoryConnection, { description: 'What happened to it, oldest first.' })
  async history(
    @Root() { id }: Ticket,
    @Arg('first', () => Int, { nullable: true, description: 'How many, 1 to 100.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'After this cursor.' }) after: string | null,
    @Ctx() { em, viewer }: Context,
  ): Promise<HistoryConnection> {
    return connection(await historyPage(em, viewer, id, { first, after })) as HistoryConnection;
  }

  @FieldResolver(() => [TicketActionEnum], { description: 'What the viewer may do to it now.' })
  @Directive('@personal')
  allowedActions(@Root() ticket: Ticket, @Ctx() { viewer }: Context): TicketAction[] {
    return allowedActions(viewer, ticket);
  }
}
