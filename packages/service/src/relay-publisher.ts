import type { Bus, Fence, StreamState } from './bus.ts';
import { envelopeOf } from './event.ts';
import type { Reached } from './event-cursor.ts';
import type { Log } from './log.ts';
import type { RelayObserver } from './relay.ts';
import type { Published, RelayLedger, Turn } from './relay-ledger.ts';

export interface PublisherParts {
  service: string;
  ledger: RelayLedger;
  bus: Bus;
  log: Log;
  checkMs: number;
  maxAge: number;
  observe?: RelayObserver;
}

const MOST_PER_PUBLISH = 500;

/** Keeps the stream equal to PostgreSQL. It trusts nothing it remembers: a refusal or an odd look makes it look again. */
export class RelayPublisher {
  /** The last event that this replica knows to be in the stream. */
  published: Published | null = null;
  readonly #parts: PublisherParts;
  // Where the stream ends, as far as this replica knows; null: it must look.
  #end: (Reached & { fence: Fence }) | null = null;
  #checkAt = 0;

  constructor(parts: PublisherParts) {
    this.#parts = parts;
  }

  /** Forgets what is believed about the stream. */
  doubt(): false {
    this.#end = null;
    return false;
  }

  /** Publishes what PostgreSQL has numbered and the stream has not. Returns whether to come again at once. */
  async publish(turn: Pick<Turn, keyof Reached | 'publishedPosition' | 'numbered'>): Promise<boolean> {
    const { service, ledger, bus, log, observe } = this.#parts;
    const idle = this.#end?.position === turn.position;
    if (!this.#end || this.#end.epoch !== turn.epoch || (idle && performance.now() > this.#checkAt))
      this.#end = await this.#look(turn.publishedPosition);
    const { epoch, position, fence } = this.#end;
    if (position >= turn.position) return false;
    const isJustNumbered = position === turn.position - turn.numbered.length && turn.numbered.length <= MOST_PER_PUBLISH;
    const rows = isJustNumbered ? turn.numbered : await ledger.numbered(position, MOST_PER_PUBLISH);
    const last = rows.at(-1);
    if (!last) return false;
    const since = performance.now();
    const outcome = await bus.publish(
      service,
      rows.map((row) => envelopeOf(row, service, epoch)),
      fence,
    );
    if (outcome === 'GHOST') await this.#reset('the stream was purged');
    if (outcome !== 'PUBLISHED') {
      log.warn({ outcome }, 'the stream does not end where this relay believed; looking again');
      this.#end = null;
      return true;
    }
    observe?.published(rows, since);
    const reached = { epoch, position: Number(last.position) };
    this.#end = { ...reached, fence: { lastId: last.id } };
    this.published = { ...reached, id: last.id };
    return true;
  }

  /** Compares the stream with PostgreSQL and finds where to go on; makes a new stream where it is not a copy of ours. */
  async #look(publishedPosition: number): Promise<Reached & { fence: Fence }> {
    const { service, ledger, bus, checkMs } = this.#parts;
    const state = await bus.state(service);
    const place = await ledger.place();
    const fault = await this.#faultOf(state, place);
    this.#checkAt = performance.now() + checkMs;
    if (fault) {
      if (fault.restored) await ledger.startEpoch(place.epoch);
      await this.#reset(fault.reason);
      return this.#fromStart((await ledger.place()).epoch, 0);
    }
    if (!state.last) {
      if (publishedPosition > 0) this.#tell('the stream was wiped');
      return this.#fromStart(place.epoch, state.sequence);
    }
    this.published = { epoch: place.epoch, position: state.last.position, id: state.last.id };
    return { epoch: place.epoch, position: state.last.position, fence: { lastSequence: state.sequence } };
  }

  async #fromStart(epoch: string, lastSequence: number): Promise<Reached & { fence: Fence }> {
    const { ledger, maxAge } = this.#parts;
    this.published = null;
    return { epoch, position: maxAge > 0 ? await ledger.positionBefore(maxAge) : 0, fence: { lastSequence } };
  }

  async #faultOf({ first, last, whole, sequence }: StreamState, place: Reached): Promise<{ reason: string; restored?: boolean } | null> {
    if (sequence === 0) return null;
    if (!first || !last) return this.#parts.maxAge > 0 ? null : { reason: 'the stream lost events' };
    if (last.epoch !== place.epoch || first.epoch !== place.epoch) return { reason: 'the stream is of another epoch' };
    // Positions are durable before they are published, so a stream that knows more has seen a future that was undone.
    if (last.position > place.position || (await this.#parts.ledger.idAt(last.position)) !== last.id) {
      return { reason: 'PostgreSQL was restored to an earlier state', restored: true };
    }
    if (!whole || (this.#parts.maxAge === 0 && first.position !== 1)) return { reason: 'the stream lost events' };
    return null;
  }

  async #reset(reason: string): Promise<void> {
    await this.#parts.bus.reset(this.#parts.service);
    this.#tell(reason);
  }

  #tell(reason: string): void {
    this.#parts.log.warn({ reason }, 'publishing the stream again from PostgreSQL');
    this.#parts.observe?.rebuilt(reason);
  }
}
