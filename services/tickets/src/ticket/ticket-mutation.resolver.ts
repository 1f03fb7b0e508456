import { ForKeys, Guard } from '@atende/service';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { OpenTicketInput } from '../form/form.graphql.ts';
import type { TicketsContext } from '../tickets-context.ts';
import { actOn, openOnce, writeOn } from './ticket.deeds.ts';
import { TicketActionInput, TicketMessageInput, TicketPayload } from './ticket.graphql.ts';
import { byPerson, byStaff } from './ticket.policy.ts';
import type { Ticket } from './ticket.ts';
import { digestOf } from './ticket-message.ts';

const INPUT = { description: 'What to do.' };
const payload = async (ticket: Promise<Ticket>): Promise<TicketPayload> => ({ ticket: (await ticket) as never, errors: [] });

@Resolver()
export class TicketMutationResolver {
  @Mutation(() => TicketPayload, { description: 'Opens a ticket with a form; every fault comes back at once.' })
  @Guard(byPerson)
  @ForKeys('WRITE_TICKETS')
  openTicket(@Arg('input', () => OpenTicketInput, INPUT) input: OpenTicketInput, @Ctx() context: TicketsContext): Promise<TicketPayload> {
    return payload(openOnce(context, input));
  }

  @Mutation(() => TicketPayload, {
    description: 'A public message. The client’s reply brings a waiting ticket back; on a closed one it opens a linked ticket.',
  })
  @Guard(byPerson)
  @ForKeys('WRITE_TICKETS')
  replyToTicket(
    @Arg('input', () => TicketMessageInput, INPUT) input: TicketMessageInput,
    @Ctx() context: TicketsContext,
  ): Promise<TicketPayload> {
    return payload(
      writeOn(context, input, {
        mutation: 'replyToTicket',
        action: 'REPLY',
        verb: (ticket, { act, side }, message) => ticket.reply(act, side, message),
      }),
    );
  }

  @Mutation(() => TicketPayload, { description: 'An internal note: no client ever sees it.' })
  @Guard(byStaff)
  @ForKeys('WRITE_TICKETS')
  addInternalNote(
    @Arg('input', () => TicketMessageInput, INPUT) input: TicketMessageInput,
    @Ctx() context: TicketsContext,
  ): Promise<TicketPayload> {
    return payload(
      writeOn(context, input, {
        mutation: 'addInternalNote',
        action: 'ADD_NOTE',
        verb: (ticket, { act }, message) => ticket.addNote(act, message),
      }),
    );
  }

  @Mutation(() => TicketPayload, { description: 'Asks the client; the ticket waits for the answer, seven days unless set otherwise.' })
  @Guard(byStaff)
  @ForKeys('WRITE_TICKETS')
  requestInformation(
    @Arg('input', () => TicketMessageInput, INPUT) input: TicketMessageInput,
    @Ctx() context: TicketsContext,
  ): Promise<TicketPayload> {
    return payload(
      writeOn(context, input, {
        mutation: 'requestInformation',
        action: 'REQUEST_INFORMATION',
        verb: (ticket, { act }, message) => ticket.requestInformation(act, message),
      }),
    );
  }

  @Mutation(() => TicketPayload, { description: 'Sends a solution; the ticket closes by itself five days later, unless set otherwise.' })
  @Guard(byStaff)
  @ForKeys('WRITE_TICKETS')
  proposeSolution(
    @Arg('input', () => TicketMessageInput, INPUT) input: TicketMessageInput,
    @Ctx() context: TicketsContext,
  ): Promise<TicketPayload> {
    const delivered = { resolution: input.resolution ?? 'OTHER', articleIds: input.articleIds ?? [] } as const; // a missing one is refused before
    return payload(
      writeOn(context, input, {
        mutation: 'proposeSolution',
        action: 'PROPOSE_SOLUTION',
        verb: (ticket, { act }, message) => ticket.proposeSolution(act, message, delivered),
      }),
    );
  }

  @Mutation(() => TicketPayload, { description: 'The client accepts the solution; the ticket closes.' })
  @Guard(byPerson)
  @ForKeys('WRITE_TICKETS')
  acceptSolution(
    @Arg('input', () => TicketActionInput, INPUT) input: TicketActionInput,
    @Ctx() context: TicketsContext,
  ): Promise<TicketPayload> {
    return payload(actOn(context, input, { action: 'ACCEPT_SOLUTION', verb: (ticket, { act }) => ticket.acceptSolution(act) }));
  }

  @Mutation(() => TicketPayload, {
    description: 'The client refuses the solution, with a reason; the ticket goes back to the same analyst.',
  })
  @Guard(byPerson)
  @ForKeys('WRITE_TICKETS')
  refuseSolution(
    @Arg('input', () => TicketActionInput, INPUT) input: TicketActionInput,
    @Ctx() context: TicketsContext,
  ): Promise<TicketPayload> {
    return payload(
      actOn(context, input, { action: 'REFUSE_SOLUTION', verb: (ticket, { act }, say) => ticket.refuseSolution(act, say(input.reason)) }),
    );
  }

  @Mutation(() => TicketPayload, { description: 'Its requester takes it back.' })
  @Guard(byPerson)
  @ForKeys('WRITE_TICKETS')
  cancelTicket(
    @Arg('input', () => TicketActionInput, INPUT) input: TicketActionInput,
    @Ctx() context: TicketsContext,
  ): Promise<TicketPayload> {
    return payload(
      actOn(context, input, {
        action: 'CANCEL',
        verb: (ticket, { act }, say) => ticket.cancel(act, input.reason ? digestOf(say(input.reason).body) : null),
      }),
    );
  }

  @Mutation(() => TicketPayload, { description: 'An analyst makes it theirs; work begins.' })
  @Guard(byStaff)
  @ForKeys('WRITE_TICKETS')
  takeTicket(
    @Arg('input', () => TicketActionInput, INPUT) input: TicketActionInput,
    @Ctx() context: TicketsContext,
  ): Promise<TicketPayload> {
    return payload(actOn(context, input, { action: 'TAKE', verb: (ticket, { act, actorId }) => ticket.take(act, actorId) }));
  }
}
