import type pg from 'pg';
import type { EventRow } from './event.ts';
import type { Reached } from './event-cursor.ts';

/** The relay row as one turn saw it. */
export interface Turn extends Reached {
  /** Whether this replica is the one to publish. */
  holds: boolean;
  /** The events that got their position in this turn, in its order. */
  numbered: EventRow[];
  publishedPosition: number;
}

/** What a replica has published since its last turn. */
export interface Published extends Reached {
  id: string;
}

const columns = (of = ''): string =>
  `${of}id, ${of}aggregate, ${of}version, type, v, data, actor, audience, at, request_id as "requestId", traceparent, position::float8 as position`;

/**
 * The relay's side of PostgreSQL, as the worker role. Plain SQL: this is the hot path, and each statement is one
 * round trip.
 */
export class RelayLedger {
  readonly #pool: pg.Pool;
  readonly #replica: string;
  readonly #leaseMs: number;

  constructor(pool: pg.Pool, replica: string, leaseMs: number) {
    this.#pool = pool;
    this.#replica = replica;
    this.#leaseMs = leaseMs;
  }

  /**
   * One turn under the lock of the relay row: takes or renews the lease, notes what was published, and numbers the
   * committed events that have no position. They are durable before anybody publishes them.
   */
  async turn(published: Published | null, most: number): Promise<Turn> {
    return this.#transaction(async (client) => {
      const row = await this.#lock(client);
      if (!row.free) return { ...row, holds: false, numbered: [] };
      const { rows: numbered } = await client.query<EventRow>({ ...NUMBER, values: [row.position, most] });
      const position = row.position + numbered.length;
      const mark = published?.epoch === row.epoch && published.position > row.publishedPosition ? published : null;
      // Without new positions nothing here must outlive a power failure.
      if (numbered.length === 0) await client.query('set local synchronous_commit to off');
      await client.query(
        `update relay set last_position = $1, published_position = coalesce($2, published_position),
           published_id = coalesce($3, published_id), holder = $4, lease_until = clock_timestamp() + $5 * interval '1 ms'`,
        [position, mark?.position ?? null, mark?.id ?? null, this.#replica, this.#leaseMs],
      );
      return {
        holds: true,
        numbered: numbered.sort((a, b) => Number(a.position) - Number(b.position)),
        position,
        epoch: row.epoch,
        publishedPosition: mark?.position ?? row.publishedPosition,
      };
    });
  }

  async #lock(client: pg.PoolClient): Promise<Reached & { publishedPosition: number; free: boolean }> {
    const query = `select epoch, last_position::float8 as position, published_position::float8 as "publishedPosition",
      coalesce(holder = $1 or lease_until < clock_timestamp(), true) as free from relay for update`;
    const found = await client.query(query, [this.#replica]);
    if (found.rows[0]) return found.rows[0];
    await client.query(`insert into relay (id, epoch, last_position, published_position) values (1, $1, 0, 0) on conflict do nothing`, [
      newEpoch(),
    ]);
    return (await client.query(query, [this.#replica])).rows[0];
  }

  /** Numbered events after a position, in order. */
  async numbered(after: number, most: number): Promise<EventRow[]> {
    const { rows } = await this.#pool.query(`select ${columns()} from event where position > $1 order by position limit $2`, [after, most]);
    return rows;
  }

  async idAt(position: number): Promise<string | null> {
    const { rows } = await this.#pool.query('select id from event where position = $1', [position]);
    return rows[0]?.id ?? null;
  }

  async place(): Promise<Reached> {
    const { rows } = await this.#pool.query('select epoch, last_position::float8 as position from relay');
    return rows[0];
  }

  /** The last position from before a moment: what a stream that forgets need not be given. */
  async positionBefore(age: number): Promise<number> {
    const { rows } = await this.#pool.query(
      `select coalesce(max(position), 0)::float8 as position from event where at < clock_timestamp() - $1 * interval '1 ms'`,
      [age],
    );
    return rows[0].position;
  }

  /** Positions given before are void: PostgreSQL was restored to an earlier state than the stream has seen. */
  async startEpoch(old: string): Promise<void> {
    await this.#pool.query('update relay set epoch = $1, published_position = 0, published_id = null where epoch = $2', [newEpoch(), old]);
  }

  async release(): Promise<void> {
    await this.#pool.query('update relay set holder = null, lease_until = null where holder = $1', [this.#replica]);
  }

  async wakeHolder(): Promise<void> {
    await this.#pool.query(`select pg_notify('${WAKE_CHANNEL}', '')`);
  }

  async #transaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    try {
      const [, result] = await Promise.all([client.query('begin'), work(client)]); // in one go, where the pool pipelines
      await client.query('commit');
      client.release();
      return result;
    } catch (error) {
      // A connection that failed half-way is not given to anybody else.
      client.release(true);
      throw error;
    }
  }
}

export const WAKE_CHANNEL = 'atende_relay';

const newEpoch = (): string => crypto.randomUUID().replaceAll('-', '').slice(0, 12);

// Ids sort by time but come from several clocks. The slots are dealt in the order of ids, and inside an aggregate the
// versions take its slots in their own order; so what belongs to an aggregate of a full batch comes along.
const NUMBER = {
  name: 'number events',
  text: `
    with batch as materialized (select id, aggregate, version from event where position is null order by id limit $2),
    waiting as (
      select * from batch union all
      select id, aggregate, version from event
      where (select count(*) from batch) = $2 and position is null and id > (select max(id) from batch) and aggregate in (select aggregate from batch)),
    slots as (select *, row_number() over (order by id) as slot from waiting),
    dealt as (
      select id, (array_agg(slot) over (partition by aggregate order by id rows between unbounded preceding and unbounded following))
        [row_number() over (partition by aggregate order by version)] as slot
      from slots)
    update event set position = $1 + dealt.slot from dealt where event.id = dealt.id returning ${columns('event.')}`,
};
