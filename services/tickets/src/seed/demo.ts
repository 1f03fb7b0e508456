import { demoId, type Viewer } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { openTicket } from '../opening/opening.ts';
import { openingOf } from '../opening/opening-context.ts';
import { Comment } from '../ticket/comment.ts';
import { Ticket } from '../ticket/ticket.ts';
import type { Act, Side } from '../ticket/ticket-act.ts';
import { actOf } from '../ticket/ticket-acting.ts';
import type { Message } from '../ticket/ticket-message.ts';
import type { TicketsDeps } from '../tickets-context.ts';
import { answersFor } from './demo-answers.ts';
import { seedDemoFacts } from './demo-facts.ts';
import { ana, bruno, carla, gisele, hugo } from './demo-people.ts';
import { demoMessages, demoTexts } from './demo-stories.ts';

const COUNT = 60;
const HOUR = 3_600_000; // ms
const DAY = 24 * HOUR;
const IDS_FROM = Date.UTC(2026, 0, 1); // ids sort by birth and are the same on every machine: examples name them

const openers: { viewer: Viewer; requestTypes: string[] }[] = [
  { viewer: bruno, requestTypes: ['technical-support', 'value-added.cloud', 'software.rm'] },
  { viewer: ana, requestTypes: ['software.protheus', 'technical-support', 'value-added.cloud'] },
  { viewer: gisele, requestTypes: ['technical-support', 'software.rm'] },
  { viewer: hugo, requestTypes: ['technical-support'] },
];

/** Sixty tickets in every state, made by the verbs that people use, at moments of the last weeks. */
export async function seedDemo({ em, now, deps }: { em: EntityManager; now: Date; deps: TicketsDeps }): Promise<void> {
  await em.transactional(async (own) => {
    await own.execute('select pg_advisory_xact_lock(7285)');
    if ((await own.count(Ticket)) > 0) return;
    seedDemoFacts(own);
    await own.flush();
    for (let index = 0; index < COUNT; index++) await tell(own, deps, now, index);
  });
}

/** One ticket's story: who opens what, and how far its life has come. */
async function tell(em: EntityManager, deps: TicketsDeps, now: Date, index: number): Promise<void> {
  const opener = openers[index % openers.length] as (typeof openers)[number];
  const requestType = opener.requestTypes[Math.floor(index / openers.length) % opener.requestTypes.length] ?? 'technical-support';
  const story = stories[Math.floor(index / 2) % stories.length] as Story;
  const openedAt = new Date(now.getTime() - story.days * DAY - index * (HOUR / 3));
  const texts = demoTexts[index % demoTexts.length] as (typeof demoTexts)[number];
  const version = await deps.library.ofType(requestType);
  if (!version) throw new Error(`the demo opens ${requestType}, which has no form`);
  const request = { viewer: opener.viewer, now: openedAt, language: 'pt-BR' as const, deps };
  const { context } = await openingOf(request, em, {});
  const answers = await answersFor(deps.library.formOf(version), context, await deps.library.catalogue(), texts, index);
  const ticket = await openTicket(
    request,
    em,
    { clientKey: `demo-${index}`, formId: version.id, answers },
    demoId('tkt', `demo-${index}`, new Date(IDS_FROM - now.getTime() + openedAt.getTime())),
  );
  await em.flush();
  story.live(new Teller(em, ticket, openedAt, opener.viewer.contacts[0]?.id ?? ''));
  await em.flush();
}

/** Writes a story: each step some hours or days after the one before. */
class Teller {
  readonly #em: EntityManager;
  readonly #clientId: string;
  readonly ticket: Ticket;
  #at: Date;
  #messages = 0;

  constructor(em: EntityManager, ticket: Ticket, openedAt: Date, clientId: string) {
    this.#em = em;
    this.ticket = ticket;
    this.#at = openedAt;
    this.#clientId = clientId;
  }

  later(ms: number): this {
    this.#at = new Date(this.#at.getTime() + ms);
    return this;
  }

  act(side: Side | null): Act {
    return actOf({ now: this.#at }, this.#em, side === null ? null : this.#actor(side));
  }

  says(side: Side, body: string, internal = false): Message {
    this.#messages += 1;
    const id = demoId('cmt', `${this.ticket.id}-${this.#messages}`, this.#at);
    this.#em.persist(
      this.#em.create(Comment, { id, ticketId: this.ticket.id, authorId: this.#actor(side), side, internal, body, createdAt: this.#at }),
    );
    return { id, body, attachmentIds: [] };
  }

  #actor(side: Side): string {
    return side === 'CLIENT' ? this.#clientId : (carla.analystId ?? '');
  }
}

interface Story {
  /** Days ago that it began. */
  days: number;
  live(teller: Teller): void;
}

const asked = (tale: Teller): void =>
  tale.ticket.requestInformation(tale.later(2 * HOUR).act('SUPPORT'), tale.says('SUPPORT', demoMessages.question));
const answered = (tale: Teller): void =>
  tale.ticket.reply(tale.later(5 * HOUR).act('CLIENT'), 'CLIENT', tale.says('CLIENT', demoMessages.answer));
const noted = (tale: Teller): void => tale.ticket.addNote(tale.later(HOUR).act('SUPPORT'), tale.says('SUPPORT', demoMessages.note, true));
const solved = (tale: Teller): void =>
  tale.ticket.proposeSolution(tale.later(3 * HOUR).act('SUPPORT'), tale.says('SUPPORT', demoMessages.solution), {
    resolution: 'CLARIFICATION',
  });
const waited =
  (days: number) =>
  (tale: Teller): void =>
    void tale.ticket.expire(tale.later(days * DAY).act(null), tale.ticket.stay);

const inOrder = (days: number, ...steps: ((tale: Teller) => void)[]): Story => ({
  days,
  live: (tale) => {
    for (const step of steps) step(tale);
  },
});

// One after the other through every status.
const stories: Story[] = [
  inOrder(1),
  inOrder(3, asked, answered, noted),
  inOrder(4, asked),
  inOrder(10, asked, waited(7)),
  inOrder(4, asked, answered, solved),
  inOrder(12, asked, answered, solved, (tale) => tale.ticket.acceptSolution(tale.later(DAY).act('CLIENT'))),
  inOrder(20, asked, waited(7), waited(5)),
  inOrder(15, (tale) => tale.ticket.cancel(tale.later(HOUR).act('CLIENT'), null)),
];
