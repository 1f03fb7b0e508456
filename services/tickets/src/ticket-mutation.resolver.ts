import { ErrorCode, Guard, isId, newId, once, Refused, signedIn, staffOnly } from '@atende/service';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { OpenTicketInput } from './form.graphql.ts';
import { openTicket } from './opening.ts';
import { TicketActionInput, TicketMessageInput, TicketPayload } from './ticket.graphql.ts';
import { actOn, writeOn } from './ticket-deeds.ts';
import { digestOf } from './ticket-message.ts';
import { Ticket } from './ticket.ts';
import type { TicketsContext } from './tickets-context.ts';

const INPUT = { description: 'What to do.' };
const payload = async (ticket: Promise<Ticket>): Promise<TicketPayload> => ({ ticket: (await ticket) as never, errors: [] });

@Resolver()
export class TicketMutationResolver {
  @Mutation(() => TicketPayload, { description: 'Opens a ticket with a form; every fault comes back at once.' })
  @Guard(signedIn)
  async openTicket(@Arg('input', () => OpenTicketInput, INPUT) input: OpenTicketInput, @Ctx() context: TicketsContext): Promise<TicketPayload> {
    const { em, viewer, now } = context;
    const { clientKey } = input;
    const id = await once({ em, viewer, now, mutation: 'openTicket', clientKey, input, id: newId('tkt') }, async (transaction, own) => {
      await openTicket(context, transaction, input, own);
    });
    return payload(em.findOneOrFail(Ticket, id));
  }

  @Mutation(() => TicketPayload, { description: 'A public message. The client’s reply brings a waiting ticket back; on a closed one it opens a linked ticket.' })
  @Guard(signedIn)
  replyToTicket(@Arg('input', () => TicketMessageInput, INPUT) input: TicketMessageInput, @Ctx() context: TicketsContext): Promise<TicketPayload> {
    return payload(writeOn(context, 'replyToTicket', input, 'REPLY', (ticket, { act, side }, message) => ticket.reply(act, side, message)));
  }

  @Mutation(() => TicketPayload, { description: 'An internal note: no client ever sees it.' })
  @Guard(staffOnly)
  addInternalNote(@Arg('input', () => TicketMessageInput, INPUT) input: TicketMessageInput, @Ctx() context: TicketsContext): Promise<TicketPayload> {
    return payload(writeOn(context, 'addInternalNote', input, 'ADD_NOTE', (ticket, { act }, message) => ticket.addNote(act, message)));
  }

  @Mutation(() => TicketPayload, { description: 'Asks the client; the ticket waits up to seven days for the answer.' })
  @Guard(staffOnly)
  requestInformation(@Arg('input', () => TicketMessageInput, INPUT) input: TicketMessageInput, @Ctx() context: TicketsContext): Promise<TicketPayload> {
    return payload(writeOn(context, 'requestInformation', input, 'REQUEST_INFORMATION', (ticket, { act }, message) => ticket.requestInformation(act, message)));
  }

  @Mutation(() => TicketPayload, { description: 'Sends a solution; five days later the ticket closes by itself.' })
  @Guard(staffOnly)
  proposeSolution(@Arg('input', () => TicketMessageInput, INPUT) input: TicketMessageInput, @Ctx() context: TicketsContext): Promise<TicketPayload> {
    const { resolution, articleIds } = input;
    if (!resolution) throw new Refused({ code: ErrorCode.REQUIRED, field: ['input', 'resolution'] });
    const articles = (articleIds ?? []).filter((id) => isId('art', id));
    return payload(writeOn(context, 'proposeSolution', input, 'PROPOSE_SOLUTION', (ticket, { act }, message) => ticket.proposeSolution(act, message, resolution, articles)));
  }

  @Mutation(() => TicketPayload, { description: 'The client accepts the solution; the ticket closes.' })
  @Guard(signedIn)
  acceptSolution(@Arg('input', () => TicketActionInput, INPUT) input: TicketActionInput, @Ctx() context: TicketsContext): Promise<TicketPayload> {
    return payload(actOn(context, input, 'ACCEPT_SOLUTION', (ticket, { act }) => ticket.acceptSolution(act)));
  }

  @Mutation(() => TicketPayload, { description: 'The client refuses the solution, with a reason; the ticket goes back to the same analyst.' })
  @Guard(signedIn)
  refuseSolution(@Arg('input', () => TicketActionInput, INPUT) input: TicketActionInput, @Ctx() context: TicketsContext): Promise<TicketPayload> {
    return payload(actOn(context, input, 'REFUSE_SOLUTION', (ticket, { act }, say) => ticket.refuseSolution(act, say(input.reason ?? ''))));
  }

  @Mutation(() => TicketPayload, { description: 'Its requester takes it back.' })
  @Guard(signedIn)
  cancelTicket(@Arg('input', () => TicketActionInput, INPUT) input: TicketActionInput, @Ctx() context: TicketsContext): Promise<TicketPayload> {
    return payload(actOn(context, input, 'CANCEL', (ticket, { act }, say) => ticket.cancel(act, input.reason ? digestOf(say(input.reason).body) : null)));
  }

  @Mutation(() => TicketPayload, { description: 'An analyst makes it theirs; work begins.' })
  @Guard(staffOnly)
  takeTicket(@Arg('input', () => TicketActionInput, INPUT) input: TicketActionInput, @Ctx() context: TicketsContext): Promise<TicketPayload> {
    return payload(actOn(context, input, 'TAKE', (ticket, { act, actorId }) => ticket.take(act, actorId)));
  }
}
