import type { Answer, Person, Portal } from '../journeys/portal.ts';
import type { Who } from './access.ts';

export interface Outcome {
  /** The answer's bytes without what differs from request to request. */
  text: string;
  codes: string[];
}

/** Asks in anybody's name, and remembers answers that do not change. */
export class Asker {
  readonly #portal: Portal;
  readonly #people: Record<string, Person>;
  readonly #remembered = new Map<string, Promise<Outcome>>();

  constructor(portal: Portal, people: Record<string, Person>) {
    this.#portal = portal;
    this.#people = people;
  }

  async ask(who: Who, document: string, variables: object): Promise<Outcome> {
    const person = this.#people[who];
    return outcomeOf(await (person ?? this.#portal).ask(document, variables));
  }

  once(key: string, ask: () => Promise<Outcome>): Promise<Outcome> {
    const known = this.#remembered.get(key) ?? ask();
    this.#remembered.set(key, known);
    return known;
  }
}

const CHANGING = /"(requestId|accessToken|refreshToken|expiresAt|liveCursor|clientKey)":"[^"]*"/g;

const outcomeOf = (answer: Answer): Outcome => ({
  text: JSON.stringify(answer).replace(CHANGING, '"$1":"…"'),
  codes: (answer.errors ?? []).map(({ extensions }) => extensions.code),
});
