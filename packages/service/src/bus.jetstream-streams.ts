import { type Envelope, parseEnvelope } from '@atende/events';
import {
  AckPolicy,
  DeliverPolicy,
  JetStreamApiError,
  type JetStreamManager,
  jetstream,
  jetstreamManager,
  type PubAck,
  StorageType,
  type StreamInfo,
} from '@nats-io/jetstream';
import { headers, type MsgHdrs, type NatsConnection, nanos } from '@nats-io/transport-node';
import type { Fence, OnBatch, PublishOutcome, StreamState } from './bus.ts';
import type { Reached } from './event-cursor.ts';
import type { Log } from './log.ts';

interface StreamOptions {
  prefix: string;
  log: Log;
  maxAge?: number;
  copies?: number;
  pullMs?: number;
}

const STREAM_NOT_FOUND = 10059;
const CONSUMER_NOT_FOUND = 10014;
const WRONG_LAST_SEQUENCE = 10071;
const WRONG_LAST_ID = 10070;

const MOST_PER_BATCH = 256;

/** JetStream's streams over one live connection. */
export class JetStreams {
  readonly #connection: NatsConnection;
  readonly #options: StreamOptions;

  constructor(connection: NatsConnection, options: StreamOptions) {
    this.#connection = connection;
    this.#options = options;
  }

  #name(service: string): string {
    return `${this.#options.prefix}-${service}`;
  }

  #manager(): Promise<JetStreamManager> {
    return jetstreamManager(this.#connection, { checkAPI: false });
  }

  async state(service: string): Promise<StreamState> {
    const manager = await this.#manager();
    const { state } = await this.#info(manager, service);
    if (state.messages === 0) return { sequence: state.last_seq, first: null, last: null, whole: true };
    const [first, last] = await Promise.all([this.#at(manager, service, state.first_seq), this.#at(manager, service, state.last_seq)]);
    return { sequence: state.last_seq, first, last, whole: state.messages === state.last_seq - state.first_seq + 1 };
  }

  async #info(manager: JetStreamManager, service: string): Promise<StreamInfo> {
    try {
      return await manager.streams.info(this.#name(service));
    } catch (error) {
      if (!isApiError(error, STREAM_NOT_FOUND)) throw error;
      return this.#create(manager, service);
    }
  }

  #create(manager: JetStreamManager, service: string): Promise<StreamInfo> {
    const { prefix, maxAge = 0, copies = 1 } = this.#options;
    return manager.streams.add({
      name: this.#name(service),
      subjects: [`${prefix}.${service}.>`],
      storage: StorageType.File,
      num_replicas: copies,
      max_age: nanos(maxAge),
      ...(maxAge > 0 && maxAge < 120_000 && { duplicate_window: nanos(maxAge) }),
    });
  }

  /** null: what stands there is lost or is no event. */
  async #at(manager: JetStreamManager, service: string, seq: number): Promise<Envelope | null> {
    const message = await manager.streams.getMessage(this.#name(service), { seq });
    try {
      return message && parseEnvelope(message.string());
    } catch {
      return null;
    }
  }

  async reset(service: string): Promise<void> {
    const manager = await this.#manager();
    try {
      await manager.streams.delete(this.#name(service));
    } catch (error) {
      if (!isApiError(error, STREAM_NOT_FOUND)) throw error;
    }
    await this.#create(manager, service);
  }

  async publish(service: string, events: readonly Envelope[], fence: Fence): Promise<PublishOutcome> {
    const client = jetstream(this.#connection);
    const isNew = 'lastSequence' in fence;
    let before = isNew ? '' : fence.lastId;
    // All at once: the server takes them in this order, and a refusal refuses all that follow. So the last answer is that of all, but
    // where the stream begins anew: there any may be taken for one that it no longer holds.
    const answers = await Promise.allSettled(
      events.flatMap((event, index) => {
        const expect: Expected = isNew && index === 0 ? { lastSequence: fence.lastSequence } : { lastMsgID: before };
        const [subject, text] = [`${this.#options.prefix}.${service}.${event.type}`, JSON.stringify(event)];
        before = event.id;
        if (isNew || index === events.length - 1) return client.publish(subject, text, { msgID: event.id, expect });
        this.#connection.publish(subject, text, { headers: fenced(event.id, expect) });
        return [];
      }),
    );
    for (const answer of answers) {
      if (answer.status === 'fulfilled') {
        if (isGhost(answer.value, fence)) return 'GHOST';
      } else if (isApiError(answer.reason, WRONG_LAST_ID) || isApiError(answer.reason, WRONG_LAST_SEQUENCE)) return 'REFUSED';
      else throw answer.reason;
    }
    return 'PUBLISHED';
  }

  async consume(service: string, durable: string, after: Reached | null, onBatch: OnBatch, signal: AbortSignal): Promise<void> {
    await this.#seek(service, durable, after);
    const consumer = await jetstream(this.#connection).consumers.get(this.#name(service), durable);
    while (!signal.aborted) {
      const messages = await consumer.fetch({ max_messages: MOST_PER_BATCH, expires: this.#options.pullMs ?? 5_000 });
      const stop = (): void => messages.stop();
      signal.addEventListener('abort', stop);
      let waiting: Envelope[] = [];
      for await (const message of messages) {
        waiting.push(...this.#read(message.string(), message.subject));
        if (messages.getPending() > 0) continue;
        if (waiting.length > 0) await onBatch(waiting);
        waiting = [];
        // Acknowledges all before it too. Whether the server gets it does not matter: PostgreSQL knows the place.
        message.ack();
        if (signal.aborted) break;
      }
      signal.removeEventListener('abort', stop);
      // A server that lost its streams answers a pull with silence.
      if (!signal.aborted) await (await this.#manager()).consumers.info(this.#name(service), durable);
    }
  }

  /** Puts the durable consumer to the first message after a place, whatever it had acknowledged before. */
  async #seek(service: string, durable: string, after: Reached | null): Promise<void> {
    const manager = await this.#manager();
    const stream = this.#name(service);
    const info = await manager.streams.info(stream);
    const first = info.state.messages > 0 ? await this.#at(manager, service, info.state.first_seq) : null;
    // The stream holds every position once, in order: a distance in positions is one in sequences.
    const skipped = first && after && first.epoch === after.epoch ? Math.max(0, after.position + 1 - first.position) : 0;
    const start = Math.min(Math.max(1, info.state.first_seq) + skipped, info.state.last_seq + 1);
    try {
      const { ack_floor, num_ack_pending, delivered } = await manager.consumers.info(stream, durable);
      if (num_ack_pending === 0 && ack_floor.stream_seq === start - 1 && delivered.stream_seq === start - 1) return;
      await manager.consumers.delete(stream, durable);
    } catch (error) {
      if (!isApiError(error, CONSUMER_NOT_FOUND)) throw error;
    }
    await manager.consumers.add(stream, {
      durable_name: durable,
      ack_policy: AckPolicy.All,
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: start,
      max_ack_pending: 4 * MOST_PER_BATCH,
      ack_wait: nanos(60_000),
    });
  }

  #read(text: string, subject: string): Envelope[] {
    try {
      return [parseEnvelope(text)];
    } catch (error) {
      this.#options.log.error({ err: error, subject }, 'a message in our stream is no event; ignored');
      return [];
    }
  }
}

type Expected = { lastSequence?: number; lastMsgID?: string };

function fenced(id: string, { lastMsgID = '' }: Expected): MsgHdrs {
  const fence = headers();
  fence.set('Nats-Msg-Id', id);
  fence.set('Nats-Expected-Last-Msg-Id', lastMsgID);
  return fence;
}

const isApiError = (error: unknown, code: number): boolean => error instanceof JetStreamApiError && error.code === code;

/** Answered as a duplicate of a message from before the place where the stream ends now. */
const isGhost = (ack: PubAck, fence: Fence): boolean => ack.duplicate && 'lastSequence' in fence && ack.seq <= fence.lastSequence;
