import type { Stack } from '@atende/stack';
import { cpuMs } from './cpu.ts';
import { pidOf } from './p1-gateway.ts';
import { ask, signIn } from './people.ts';
import { ATTACKS } from './s5-attacks.ts';

const TIMES = 60; // per attack and way
const REST = 10; // ms between two requests of the normal client
const QUIET = 2_000; // ms of the normal client alone

export interface RefusalRow {
  attack: string;
  /** ms: of half of the refusals at most, and of all; null where the way does not take as much. */
  http: { p50: number; most: number };
  socket: { p50: number; most: number } | null;
  /** ms of the gateway's CPU for one of them. */
  cpuMs: number;
  /** ms: of 95 in 100 requests of a normal client meanwhile. */
  normalP95: number;
}

/** Sends each attack one after the other while a normal client goes on asking: what refusing takes, and what others feel of it. */
export async function* measureRefusals(stack: Stack): AsyncGenerator<RefusalRow> {
  const url = `${stack.url}/graphql`;
  const [token, other] = [await signIn(stack, 'bruno@acme.example'), await signIn(stack, 'carla@support.example')];
  const normal = new NormalClient(() => ask(url, other, '{ tickets(first: 5) { edges { node { number subject } } } }'));
  await normal.during(async () => new Promise((resolve) => setTimeout(resolve, QUIET)));
  const quiet = await normal.during(async () => new Promise((resolve) => setTimeout(resolve, QUIET)));
  yield { attack: 'none', http: { p50: 0, most: 0 }, socket: null, cpuMs: 0, normalP95: quiet };
  let number = 0;
  const gateway = pidOf(stack, 'gateway');
  for (const { name, body } of ATTACKS) {
    const [http, socket]: [number[], number[]] = [[], []];
    const fits = JSON.stringify(body(0)).length < 60_000;
    const line = fits ? await Line.open(url.replace('http', 'ws'), token) : null;
    const normalP95 = await normal.during(async () => {
      for (let count = 0; count < TIMES; count += 1) {
        http.push(await timed(() => refused(url, token, body(number++))));
        if (line) socket.push(await timed(() => line.refused(body(number++))));
      }
    });
    line?.close();
    const before = cpuMs(gateway);
    for (let count = 0; count < TIMES; count += 1) await refused(url, token, body(number++));
    const cpu = (cpuMs(gateway) - before) / TIMES;
    yield { attack: name, http: figures(http), socket: line ? figures(socket) : null, cpuMs: cpu, normalP95 };
  }
}

async function refused(url: string, token: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const { status } = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (status < 400 || status >= 500) throw new Error(`an attack was answered with ${status}`);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

const figures = (times: number[]) => ({ p50: at(times, 0.5), most: at(times, 1) });

function at(times: number[], share: number): number {
  const sorted = times.toSorted((one, another) => one - another);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Asks on and on, with a little rest, and remembers how long each answer took. */
class NormalClient {
  readonly #ask: () => Promise<unknown>;

  constructor(ask: () => Promise<unknown>) {
    this.#ask = ask;
  }

  /** ms of 95 in 100 requests while something goes on. */
  async during(work: () => Promise<unknown>): Promise<number> {
    const times: number[] = [];
    let isOver = false;
    const asking = (async () => {
      while (!isOver) {
        times.push(await timed(async () => void (await this.#ask())));
        await new Promise((resolve) => setTimeout(resolve, REST));
      }
    })();
    await work();
    isOver = true;
    await asking;
    return at(times, 0.95);
  }
}

/** A socket that asks one thing after the other. */
class Line {
  readonly #socket: WebSocket;
  #next = 0;
  #said: (message: { type: string }) => void = () => undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => this.#said(JSON.parse(String(data))));
  }

  static async open(url: string, token: string): Promise<Line> {
    const socket = new WebSocket(url, 'graphql-transport-ws');
    await new Promise((resolve) => socket.addEventListener('open', resolve));
    const line = new Line(socket);
    await line.#say({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
    return line;
  }

  async refused(payload: object): Promise<void> {
    const { type } = await this.#say({ type: 'subscribe', id: String(this.#next++), payload });
    if (type !== 'error') throw new Error(`an attack was answered with ${type}`);
  }

  close(): void {
    this.#socket.close();
  }

  #say(message: object): Promise<{ type: string }> {
    const said = new Promise<{ type: string }>((resolve) => {
      this.#said = resolve;
    });
    this.#socket.send(JSON.stringify(message));
    return said;
  }
}
