import type { Client } from 'graphql-ws';
import { openSocket, type Person } from '../journeys/portal.ts';

/** One socket of a person with any number of subscriptions, and every frame that came. */
export class Listener {
  readonly #client: Client;
  readonly #frames = new Map<string, unknown[]>();

  constructor(person: Person) {
    this.#client = openSocket(person);
  }

  subscribe(name: string, query: string, variables: Record<string, unknown> = {}): void {
    const frames: unknown[] = [];
    this.#frames.set(name, frames);
    const note = (frame: unknown): void => void frames.push(frame);
    this.#client.subscribe({ query, variables }, { next: note, error: (error) => note({ error }), complete: () => note('complete') });
  }

  /** What a subscription brought so far. */
  frames(name: string): unknown[] {
    return this.#frames.get(name) ?? [];
  }

  /** Settles when everything that was sent before has arrived: an answer on the same socket comes after it. */
  async roundTrip(): Promise<void> {
    for await (const _ of this.#client.iterate({ query: '{ __typename }' })) break;
  }

  async close(): Promise<void> {
    await this.#client.dispose();
  }
}
