import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Answer, Person, Portal } from '../journeys/portal.ts';
import type { Who } from './access.ts';
import { EXAMPLE_KEY, type Operation } from './operations.ts';

const PATIENCE = 500; // ms for a breaker to let through again

export interface Outcome {
  /** The answer's bytes without what differs from request to request. */
  text: string;
  codes: string[];
  data: unknown;
}

/** Asks in anybody's name. */
export class Asker {
  readonly #portal: Portal;
  readonly #people: Record<string, Person>;

  constructor(portal: Portal, people: Record<string, Person>) {
    this.#portal = portal;
    this.#people = people;
  }

  async ask(who: Who, { document, variables }: Pick<Operation, 'document' | 'variables'>): Promise<Outcome> {
    const answer = await this.answer(who, document, variables);
    return { text: bytesOf(answer), codes: codesOf(answer), data: answer.data };
  }

  /** What was answered under each alias of one operation (operations.ts, manyOf), as if each had been asked alone. */
  async askMany(who: Who, { document, variables }: Pick<Operation, 'document' | 'variables'>): Promise<Outcome[]> {
    const { data, errors = [] } = await this.answer(who, document, variables);
    if (!data && errors.some(({ path }) => !path)) throw new Error(`${document.slice(0, 300)}: ${JSON.stringify(errors).slice(0, 500)}`);
    const count = document.split(/\ba\d+: /).length - 1;
    return Array.from({ length: count }, (_, at) => {
      const own = errors.filter(({ path }) => path?.[0] === `a${at}`).map(({ path, ...error }) => ({ ...error, path: path?.slice(1) }));
      const answer = { data: data?.[`a${at}`] ?? null, errors: own as Answer['errors'] };
      return { text: bytesOf(answer as Answer), codes: codesOf(answer as Answer), data: answer.data };
    });
  }

  /** Asks again where a service was too busy to answer: that is no denial. */
  async answer(who: Who, document: string, variables: object, tries = 10): Promise<Answer> {
    const answer = await (this.#people[who] ?? this.#portal).ask(document, withOwnKey(variables));
    const isBusy = codesOf(answer).includes('DEPENDENCY_UNAVAILABLE');
    if (!isBusy || tries === 1) return answer;
    await delay(PATIENCE);
    return this.answer(who, document, variables, tries - 1);
  }
}

/** A key that was used before would answer for another request. */
const withOwnKey = (variables: object): object =>
  JSON.parse(JSON.stringify(variables).replaceAll(EXAMPLE_KEY, () => `${EXAMPLE_KEY}-${randomUUID()}`));

const CHANGING = /"(requestId|accessToken|refreshToken|expiresAt|liveCursor|clientKey)":"[^"]*"/g;

export const bytesOf = (answer: Answer): string => JSON.stringify(answer).replace(CHANGING, '"$1":"…"');
const codesOf = ({ errors = [] }: Answer): string[] => errors.map(({ extensions }) => extensions.code);
