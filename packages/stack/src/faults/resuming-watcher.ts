import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import type { Person } from '../journeys/portal.ts';

const QUERY = `subscription ($after: String) { ticketsChanged(after: $after) { id cursor type ticket { id } } }`;

export interface Heard {
  id: string;
  type: string;
  ticketId: string;
}

/**
 * A dashboard that never gives up: when its socket is lost it goes to the other gateway and resumes after the last event
 * it has heard. What it heard, in order, repeats included.
 */
export class ResumingWatcher {
  readonly heard: Heard[] = [];
  /** How often it had to begin again. */
  resumed = -1;
  #cursor: string;
  #ended = false;
  readonly #running: Promise<void>;

  constructor(person: Person, gateways: readonly string[], cursor: string) {
    this.#cursor = cursor;
    this.#running = this.#run(person, gateways);
  }

  async #run(person: Person, gateways: readonly string[]): Promise<void> {
    for (let turn = 0; !this.#ended; turn++) {
      this.resumed += 1;
      const url = (gateways[turn % gateways.length] ?? '').replace('http', 'ws');
      const client = createClient({
        url: `${url}/graphql`,
        webSocketImpl: WebSocket,
        retryAttempts: 0,
        connectionParams: { authorization: `Bearer ${person.accessToken}` },
      });
      this.#stop = () => void client.dispose();
      try {
        for await (const { data } of client.iterate<{
          ticketsChanged: { id: string; cursor: string; type: string; ticket: { id: string } | null };
        }>({ query: QUERY, variables: { after: this.#cursor } })) {
          if (!data) break;
          const { id, cursor, type, ticket } = data.ticketsChanged;
          this.#cursor = cursor;
          this.heard.push({ id, type, ticketId: ticket?.id ?? '' });
        }
      } catch {
        // the socket is lost: on to the next gateway
      }
      void client.dispose();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  #stop: () => void = () => {};

  /** Drops its socket on purpose; it resumes at the other gateway. */
  drop(): void {
    this.#stop();
  }

  async end(): Promise<void> {
    this.#ended = true;
    this.#stop();
    await this.#running;
  }
}
