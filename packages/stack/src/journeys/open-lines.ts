import { setTimeout as pause } from 'node:timers/promises';
import WebSocket from 'ws';
import { EventFeed } from './event-source.ts';
import { Portal } from './portal.ts';

/** How each way in ended, and how many ms after a moment. */
export interface Ended {
  http: { code: string; ms: number };
  socket: { code: number; ms: number };
  stream: { code: string; ms: number };
}

const WATCHED = 'subscription { ticketsChanged { type } }';

/** One credential, held open over HTTP, a WebSocket and an event stream. */
export class OpenLines {
  readonly #ask: () => Promise<string>;
  readonly #socket: WebSocket;
  readonly #stream: EventFeed;
  readonly #socketEnd: Promise<{ code: number; at: number }>;
  readonly #streamEnd: Promise<{ code: string; at: number }>;

  private constructor(ask: () => Promise<string>, socket: WebSocket, stream: EventFeed) {
    this.#ask = ask;
    this.#socket = socket;
    this.#stream = stream;
    this.#socketEnd = new Promise((resolve) => socket.on('close', (code) => resolve({ code, at: performance.now() })));
    this.#streamEnd = endOf(stream);
  }

  /** Resolves when the server has taken all three. */
  static async open(url: string, credential: string): Promise<OpenLines> {
    const ask = async (): Promise<string> => {
      const { data, errors } = await new Portal(url).ask('{ viewer { roles } }', {}, { authorization: `Bearer ${credential}` });
      return errors?.[0]?.extensions.code ?? (data.viewer === null ? 'NOBODY' : 'OK');
    };
    const said = await ask();
    if (said !== 'OK') throw new Error(`not even asked in: ${said}`);
    return new OpenLines(ask, await watch(url, credential), await EventFeed.open(url, credential, { query: WATCHED }));
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** When each has ended; rejects when one still stands after ten seconds. */
  async endedSince(moment: number): Promise<Ended> {
    const late = AbortSignal.timeout(10_000);
    const tooLate = new Promise<never>((_, reject) => late.addEventListener('abort', () => reject(new Error('something still stands'))));
    const http = async (): Promise<Ended['http']> => {
      for (;;) {
        const code = await this.#ask();
        if (code !== 'OK') return { code, ms: performance.now() - moment };
        late.throwIfAborted();
        await pause(25);
      }
    };
    const since = <C>({ code, at }: { code: C; at: number }): { code: C; ms: number } => ({ code, ms: at - moment });
    const [refused, socket, stream] = await Promise.race([Promise.all([http(), this.#socketEnd, this.#streamEnd]), tooLate]);
    return { http: refused, socket: since(socket), stream: since(stream) };
  }

  close(): void {
    this.#socket.close();
    this.#stream.close();
  }
}

async function watch(url: string, credential: string): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const next = (): Promise<string> => new Promise((resolve) => socket.once('message', (data) => resolve(JSON.parse(String(data)).type)));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${credential}` } }));
  await next();
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: WATCHED } }));
  socket.send(JSON.stringify({ type: 'ping' })); // its answer comes after the subscription was taken
  const taken = await next();
  if (taken !== 'pong') throw new Error(`the subscription was answered by ${taken}`);
  return socket;
}

async function endOf(stream: EventFeed): Promise<{ code: string; at: number }> {
  let code = 'NOTHING_SAID';
  for (;;) {
    const event = await stream.next().catch(() => null);
    if (event === null) return { code, at: performance.now() };
    code = event.data?.errors?.[0]?.extensions.code ?? code;
  }
}
