import { setTimeout as pause } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Reached } from './event-cursor.ts';

/** Another replica consumes now; what this one was about to commit is the other's to do. */
export class LeaseLost extends Error {}

/**
 * Which replica consumes an owner's stream. Every commit of effects renews it under the lock of the place row, so that
 * a paused replica that wakes up late changes nothing.
 */
export class ConsumerLease {
  readonly #owner: string;
  readonly #replica: string;
  readonly #leaseMs: number;
  readonly #forWorker: () => EntityManager;

  constructor(owner: string, replica: string, leaseMs: number, forWorker: () => EntityManager) {
    this.#owner = owner;
    this.#replica = replica;
    this.#leaseMs = leaseMs;
    this.#forWorker = forWorker;
  }

  /** The place reached, if the stream is this replica's to consume now. */
  async take(): Promise<Reached | null> {
    const em = this.#forWorker();
    await em.execute(`insert into consumer_position (owner, epoch, position) values (?, 'none', 0) on conflict do nothing`, [this.#owner]);
    const rows = await em.execute<{ epoch: string; position: number }[]>(
      `update consumer_position set holder = ?, lease_until = clock_timestamp() + ? * interval '1 ms'
       where owner = ? and (holder = ? or lease_until < clock_timestamp() or holder is null) returning epoch, position::float8 as position`,
      [this.#replica, this.#leaseMs, this.#owner, this.#replica],
    );
    return rows[0] ?? null;
  }

  /** Notes a place, if one is reached. In a transaction: keeps the place row locked until its end. Throws `LeaseLost`. */
  async renew(em: EntityManager, reached: Reached | null): Promise<void> {
    // A replica that stands still inside the transaction loses its connection, and with it the lock.
    const rows = await em.execute<unknown[]>(
      `update consumer_position set lease_until = clock_timestamp() + ? * interval '1 ms',
         epoch = coalesce(?, epoch), position = coalesce(?, position)
       where owner = ? and holder = ? returning set_config('idle_in_transaction_session_timeout', '5000', true)`,
      [this.#leaseMs, reached?.epoch ?? null, reached?.position ?? null, this.#owner, this.#replica],
    );
    if (rows.length === 0) throw new LeaseLost(`another replica consumes ${this.#owner}`);
  }

  /** A signal that aborts with the outer one, or when the lease cannot be renewed. `end` leaves nothing running behind. */
  whileHeld(outer: AbortSignal): { signal: AbortSignal; end(): Promise<void> } {
    const held = new AbortController();
    const abort = (): void => held.abort();
    outer.addEventListener('abort', abort);
    if (outer.aborted) abort();
    const renewing = this.#renewUntil(held.signal).catch(abort);
    const end = (): Promise<void> => {
      outer.removeEventListener('abort', abort);
      abort();
      return renewing;
    };
    return { signal: held.signal, end };
  }

  async #renewUntil(ended: AbortSignal): Promise<void> {
    for (;;) {
      await pause(this.#leaseMs / 3, undefined, { signal: ended });
      await this.renew(this.#forWorker(), null);
    }
  }

  async release(): Promise<void> {
    await this.#forWorker().execute('update consumer_position set holder = null where owner = ? and holder = ?', [
      this.#owner,
      this.#replica,
    ]);
  }
}
