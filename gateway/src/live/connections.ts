import type { Visitor } from '../access-token.ts';
import type { Sessions } from '../sessions.ts';

/** One open line to a client, whatever is spoken on it. */
export interface Connection {
  /** Who stands behind it; null until that is known. */
  readonly visitor: Visitor | null;
  /** Its token counts no more: tells the client so, and closes. */
  forbid(): void;
  /** This gateway ends: tells the client to go on at another, and closes. */
  restart(): void;
  /** Gives a sign of life, or asks for one. */
  ping(): void;
  /** Closes without a word. */
  cut(): void;
}

export interface ConnectionsOptions {
  sessions: Sessions;
  /** Most connections of one person. */
  mostOfPerson: number;
  /** Most connections of all. */
  most?: number;
  /** ms between two signs of life. */
  keepAlive?: number;
}

/** Why a connection is not taken. */
export type NoRoom = 'FULL' | 'TOO_MANY_OF_PERSON';

export const MOST_OPERATIONS = 50; // of one connection at a time

const MOST = 20_000;
const KEEP_ALIVE = 15_000; // ms; shorter than the idle time of usual proxies
const LOOK = 1_000; // ms between two looks for expired tokens
const BATCH = 50; // connections that are closed in the same moment at the end
const BETWEEN_BATCHES = 25; // ms on average

/** Every open connection of this gateway. Sockets and event streams share its room, its clock and its end. */
export class Connections {
  readonly #options: ConnectionsOptions;
  readonly #all = new Set<Connection>();
  readonly #ofPerson = new Map<string, Set<Connection>>();
  readonly #timers: NodeJS.Timeout[];
  #ending: PromiseWithResolvers<void> | null = null;

  constructor(options: ConnectionsOptions) {
    this.#options = options;
    this.#timers = [
      setInterval(() => this.#each((connection) => connection.ping()), options.keepAlive ?? KEEP_ALIVE),
      setInterval(() => this.#each(forbidIfExpired), LOOK),
    ];
    for (const timer of this.#timers) timer.unref();
    options.sessions.onEnded((sessionId) => this.#each((connection) => connection.visitor?.sessionId === sessionId && connection.forbid()));
  }

  /** Whether one more would be taken, of whomever. */
  get hasRoom(): boolean {
    return this.#ending === null && this.#all.size < (this.#options.most ?? MOST);
  }

  /** Takes a connection in, or says why not. */
  add(connection: Connection): NoRoom | null {
    if (!this.hasRoom) return 'FULL';
    this.#all.add(connection);
    const refused = this.identified(connection);
    if (refused) this.#all.delete(connection);
    return refused;
  }

  /** To be called when it turns out later who stands behind a connection. */
  identified(connection: Connection): NoRoom | null {
    const personId = connection.visitor?.viewer.personId;
    if (!personId || !this.#all.has(connection)) return null; // it may have gone meanwhile
    const theirs = this.#ofPerson.get(personId) ?? new Set();
    if (theirs.size >= this.#options.mostOfPerson) return 'TOO_MANY_OF_PERSON';
    this.#ofPerson.set(personId, theirs.add(connection));
    return null;
  }

  remove(connection: Connection): void {
    this.#all.delete(connection);
    if (this.#all.size === 0) this.#ending?.resolve();
    const personId = connection.visitor?.viewer.personId ?? '';
    const theirs = this.#ofPerson.get(personId);
    if (theirs?.delete(connection) && theirs.size === 0) this.#ofPerson.delete(personId);
  }

  /**
   * Sends everybody elsewhere within `grace` ms, in batches at moments that chance decides, so that they do not all arrive together.
   * Who has not gone by then is cut off.
   */
  async drain(grace: number): Promise<void> {
    this.#ending = Promise.withResolvers();
    for (const timer of this.#timers) clearInterval(timer);
    if (this.#all.size === 0) return;
    const late = setTimeout(() => this.#ending?.resolve(), grace);
    const leaving = shuffled([...this.#all]);
    const pause = Math.min(BETWEEN_BATCHES, (grace / 2 / leaving.length) * BATCH);
    for (let next = 0; next < leaving.length; next += BATCH) {
      if (next > 0) await new Promise((resolve) => setTimeout(resolve, Math.random() * 2 * pause));
      for (const connection of leaving.slice(next, next + BATCH)) connection.restart();
    }
    await this.#ending.promise;
    clearTimeout(late);
    this.#each((connection) => connection.cut());
  }

  #each(tell: (connection: Connection) => unknown): void {
    for (const connection of [...this.#all]) tell(connection);
  }
}

function forbidIfExpired(connection: Connection): void {
  if (connection.visitor && connection.visitor.expires <= Date.now()) connection.forbid();
}

function shuffled<T>(list: T[]): T[] {
  for (let at = list.length - 1; at > 0; at -= 1) {
    const other = Math.floor(Math.random() * (at + 1));
    [list[at], list[other]] = [list[other] as T, list[at] as T];
  }
  return list;
}
