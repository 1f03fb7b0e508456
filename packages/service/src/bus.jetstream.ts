import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { type Envelope, parseEnvelope } from '@atende/events';
import { type ConnectionOptions, connect, type Msg, type NatsConnection, type Subscription } from '@nats-io/transport-node';
import { JetStreams } from './bus.jetstream-streams.ts';
import { type Bus, BusUnavailable, type Fence, type OnBatch, type PublishOutcome, type Stop, type StreamState } from './bus.ts';
import type { Log } from './log.ts';
import { natsAddress } from './nats-address.ts';

export interface JetStreamOptions {
  url: string;
  /** Of streams and subjects. There is no default: two installations on one NATS must not share streams. */
  prefix: string;
  /** Shown in NATS' own monitoring. */
  name: string;
  log: Log;
  /** ms a stream keeps events; 0: all. Set it only where consumers have a feed to fill what is older. */
  maxAge?: number;
  /** Copies of a stream in a NATS cluster. */
  copies?: number;
  /** ms after which a pull that got nothing looks whether all is well, at least 1,000. */
  pullMs?: number;
}

/** The bus on NATS JetStream (2.9 and later). Connects in the background and again for ever; nothing waits for it. */
export class JetStreamBus implements Bus {
  readonly #options: JetStreamOptions;
  readonly #running: Promise<void>;
  readonly #first = Promise.withResolvers<void>();
  readonly #closing = new AbortController();
  readonly #watches = new Set<Watch>();
  #connection: NatsConnection | null = null;
  /** Aborts when the link is lost. */
  #link = new AbortController();

  constructor(options: JetStreamOptions) {
    if (!/^[a-z][a-z0-9-]*$/.test(options.prefix)) throw new Error('the prefix of streams must be lower-case letters, digits and hyphens');
    this.#options = options;
    this.#link.abort();
    this.#running = this.#run();
  }

  /** Once connected for the first time. */
  connected(): Promise<void> {
    return this.#first.promise;
  }

  // NATS' client would wait for a first connection by itself, but could not be told to stop.
  async #run(): Promise<void> {
    const { url, name, log } = this.#options;
    for (let failures = 0; !this.#closing.signal.aborted; failures++) {
      try {
        await this.#follow(await connect({ ...connectionOptions, ...natsAddress(url), name }));
      } catch (error) {
        if (failures === 0) log.warn({ err: error }, 'NATS cannot be reached; trying on, events wait in PostgreSQL');
        await pause(RECONNECT_MS, undefined, { signal: this.#closing.signal }).catch(() => {});
      }
    }
  }

  async #follow(connection: NatsConnection): Promise<void> {
    if (this.#closing.signal.aborted) return connection.close();
    const { log } = this.#options;
    this.#connection = connection;
    this.#link = newLink();
    this.#first.resolve();
    for (const watch of this.#watches) watch.open(connection);
    for await (const { type } of connection.status()) {
      if (type === 'disconnect') {
        this.#link.abort();
        log.warn('NATS is away; events wait in PostgreSQL');
      } else if (type === 'reconnect') {
        this.#link = newLink();
        log.info('NATS is back');
        for (const watch of this.#watches) watch.lapse(connection);
      } else if (type === 'slowConsumer') for (const watch of this.#watches) watch.lapse(connection);
    }
    this.#link.abort();
  }

  #streams(): JetStreams {
    if (!this.#connection || this.#link.signal.aborted || this.#closing.signal.aborted) throw new BusUnavailable('NATS is not connected');
    return new JetStreams(this.#connection, this.#options);
  }

  state(service: string): Promise<StreamState> {
    return unavailable(() => this.#streams().state(service));
  }

  reset(service: string): Promise<void> {
    return unavailable(() => this.#streams().reset(service));
  }

  publish(service: string, events: readonly Envelope[], fence: Fence): Promise<PublishOutcome> {
    return unavailable(() => this.#streams().publish(service, events, fence));
  }

  async consume(...[service, durable, after, onBatch, signal]: Parameters<Bus['consume']>): Promise<void> {
    let refused: { error: unknown } | null = null;
    const handle: OnBatch = async (events) => {
      try {
        await onBatch(events);
      } catch (error) {
        refused = { error };
        throw error;
      }
    };
    // A pull that was under way when the link broke would wait for its heartbeats in vain.
    const link = this.#link.signal;
    try {
      await unavailable(() => this.#streams().consume(service, durable, after, handle, AbortSignal.any([signal, link])));
      if (!signal.aborted) throw new BusUnavailable('the link to NATS broke');
    } catch (error) {
      throw (refused as { error: unknown } | null)?.error ?? error;
    }
  }

  watch(service: string, onEvent: (event: Envelope) => void, onLapse: () => void): Stop {
    return this.#subscribe(`${this.#options.prefix}.${service}.>`, (text) => onEvent(parseEnvelope(text)), onLapse);
  }

  tell(topic: string, text: string): void {
    if (this.#connection && !this.#link.signal.aborted && !this.#closing.signal.aborted) this.#connection.publish(this.#topic(topic), text);
  }

  hear(topic: string, onText: (text: string) => void, onLapse: () => void): Stop {
    return this.#subscribe(this.#topic(topic), onText, onLapse);
  }

  /** No stream takes these subjects in. */
  #topic = (topic: string): string => `${this.#options.prefix}-told.${topic}`;

  #subscribe(subject: string, onText: (text: string) => void, onLapse: () => void): Stop {
    const watch = new Watch(subject, onText, onLapse, this.#options.log);
    this.#watches.add(watch);
    if (this.#connection) watch.open(this.#connection);
    return async () => {
      this.#watches.delete(watch);
      watch.close();
    };
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#connection?.close();
    await this.#running;
  }
}

/** One plain subscription: the fastest way, and each watcher's own. */
class Watch {
  readonly #subject: string;
  readonly #onText: (text: string) => void;
  readonly #onLapse: () => void;
  readonly #log: Log;
  #subscription: Subscription | null = null;

  constructor(subject: string, onText: (text: string) => void, onLapse: () => void, log: Log) {
    this.#subject = subject;
    this.#onText = onText;
    this.#onLapse = onLapse;
    this.#log = log;
  }

  open(connection: NatsConnection): void {
    this.#subscription = connection.subscribe(this.#subject, { callback: (error, message) => this.#take(error, message) });
    this.lapse(connection);
  }

  #take(error: Error | null, message: Msg): void {
    if (error) return this.#onLapse();
    try {
      this.#onText(message.string());
    } catch (fault) {
      this.#log.error({ err: fault, subject: message.subject }, 'a message on our subjects cannot be read, or its watcher failed');
    }
  }

  /** Says that something may have been missed, once the server is known to deliver what comes from now on. */
  lapse(connection: NatsConnection): void {
    connection.flush().then(this.#onLapse, () => {});
  }

  close(): void {
    this.#subscription?.unsubscribe();
  }
}

const newLink = (): AbortController => {
  const link = new AbortController();
  setMaxListeners(0, link.signal);
  return link;
};

const RECONNECT_MS = 250;

const connectionOptions: ConnectionOptions = {
  maxReconnectAttempts: -1,
  reconnectTimeWait: RECONNECT_MS,
  reconnectJitter: 250,
  timeout: 5_000,
  // A link that swallows packets is noticed after two pings.
  pingInterval: 5_000,
  maxPingOut: 2,
};

/** Whatever NATS throws means one thing to its callers. */
async function unavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BusUnavailable) throw error;
    throw new BusUnavailable(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
