import { setTimeout as pause } from 'node:timers/promises';
import { type Envelope, parseEnvelope } from '@atende/events';
import { type ConnectionOptions, connect, type NatsConnection } from '@nats-io/transport-node';
import { JetStreams } from './bus.jetstream-streams.ts';
import { type Bus, BusUnavailable, type Fence, type OnBatch, type PublishOutcome, type Stop, type StreamState } from './bus.ts';
import type { Log } from './log.ts';

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
}

/** The bus on NATS JetStream (2.9 and later). Connects in the background and again for ever; nothing waits for it. */
export class JetStreamBus implements Bus {
  readonly #options: JetStreamOptions;
  readonly #connecting: Promise<void>;
  #connection: NatsConnection | null = null;
  #connected = false;
  readonly #closing = new AbortController();
  readonly #watches = new Set<{ open(connection: NatsConnection): void; lapse(): void }>();

  constructor(options: JetStreamOptions) {
    if (!/^[a-z][a-z0-9-]*$/.test(options.prefix)) throw new Error('the prefix of streams must be lower-case letters, digits and hyphens');
    this.#options = options;
    this.#connecting = this.#connect();
  }

  // NATS' client would wait for a first connection by itself, but could not be told to stop.
  async #connect(): Promise<void> {
    for (let failures = 0; !this.#closing.signal.aborted; failures++) {
      try {
        return void this.#follow(await connect({ ...connectionOptions, servers: this.#options.url, name: this.#options.name }));
      } catch (error) {
        if (failures === 0) this.#options.log.warn({ err: error }, 'NATS cannot be reached; trying on, events wait in PostgreSQL');
        await pause(RECONNECT_MS, undefined, { signal: this.#closing.signal }).catch(() => {});
      }
    }
  }

  async #follow(connection: NatsConnection): Promise<void> {
    if (this.#closing.signal.aborted) return connection.close();
    this.#connection = connection;
    this.#connected = true;
    for (const watch of this.#watches) watch.open(connection);
    for await (const { type } of connection.status()) {
      if (type === 'disconnect') {
        this.#connected = false;
        this.#options.log.warn('NATS is away; events wait in PostgreSQL');
      } else if (type === 'reconnect') {
        this.#connected = true;
        this.#options.log.info('NATS is back');
        for (const watch of this.#watches) watch.lapse();
      } else if (type === 'slowConsumer') for (const watch of this.#watches) watch.lapse();
    }
    this.#connected = false;
  }

  /** Once connected for the first time. */
  async connected(): Promise<void> {
    await this.#connecting;
  }

  #streams(): JetStreams {
    if (!this.#connection || !this.#connected || this.#closing.signal.aborted) throw new BusUnavailable('NATS is not connected');
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
    try {
      await unavailable(() => this.#streams().consume(service, durable, after, handle, signal));
    } catch (error) {
      throw (refused as { error: unknown } | null)?.error ?? error;
    }
  }

  watch(service: string, onEvent: (event: Envelope) => void, onLapse: () => void): Stop {
    const subject = `${this.#options.prefix}.${service}.>`;
    let close = (): void => {};
    const watch = {
      open: (connection: NatsConnection): void => {
        const subscription = connection.subscribe(subject, {
          callback: (error, message) => {
            if (error) return onLapse();
            try {
              onEvent(parseEnvelope(message.string()));
            } catch (fault) {
              this.#options.log.error({ err: fault, subject: message.subject }, 'a message on our subjects is no event; ignored');
            }
          },
        });
        close = () => subscription.unsubscribe();
        onLapse();
      },
      lapse: onLapse,
    };
    this.#watches.add(watch);
    if (this.#connection) watch.open(this.#connection);
    return async () => {
      this.#watches.delete(watch);
      close();
    };
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#connecting;
    await this.#connection?.close();
  }
}

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
