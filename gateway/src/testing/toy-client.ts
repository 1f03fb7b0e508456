import type { Viewer } from '@atende/service/process';
import { type Client, createClient, type ExecutionResult, type SubscribePayload } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Gateway } from '../gateway.ts';
import type { ToyHouse } from './toy-house.ts';

/** A frame, or what ended the subscription. */
export type Frame = ExecutionResult<Record<string, unknown>>;

export interface ToyClient {
  client: Client;
  /** Frames of a subscription or the one answer of another operation. */
  watch(query: string, variables?: Record<string, unknown>): AsyncIterableIterator<Frame>;
  /** Resolves with the close code and reason when the server closes the socket. */
  closed: Promise<[code: number, reason: string]>;
  opened: Promise<void>;
}

const clients: Client[] = [];

/** The stock graphql-ws client on a real socket. */
export function connect({ url }: Gateway, authorization?: string, retryAttempts = 0): ToyClient {
  const closed = Promise.withResolvers<[number, string]>();
  const opened = Promise.withResolvers<void>();
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: authorization === undefined ? {} : { authorization },
    lazy: false,
    retryAttempts,
    onNonLazyError: () => undefined,
    on: {
      connected: () => opened.resolve(),
      closed: (event) => {
        const { code, reason } = event as CloseEvent;
        closed.resolve([code, reason]);
      },
    },
  });
  clients.push(client);
  return {
    client,
    closed: closed.promise,
    opened: opened.promise,
    watch: (query, variables) => iterate(client, { query, variables }),
  };
}

/** As the client's own `iterate`, which never tells of an error that came before it was asked for a frame. */
function iterate(client: Client, request: SubscribePayload): AsyncIterableIterator<Frame> {
  const frames: Promise<IteratorResult<Frame>>[] = [];
  let last = Promise.withResolvers<IteratorResult<Frame>>();
  frames.push(last.promise);
  const settle = (how: (frame: typeof last) => void) => {
    how(last);
    last.promise.catch(() => undefined);
    last = Promise.withResolvers();
    frames.push(last.promise);
  };
  const dispose = client.subscribe(request, {
    next: (frame) => settle(({ resolve }) => resolve({ done: false, value: frame as Frame })),
    error: (error) => settle(({ reject }) => reject(error)),
    complete: () => settle(({ resolve }) => resolve({ done: true, value: undefined })),
  });
  return {
    next: () => frames.shift() as Promise<IteratorResult<Frame>>,
    async return() {
      dispose();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

export async function disconnectAll(): Promise<void> {
  await Promise.all(clients.splice(0).map((client) => client.dispose()));
}

/** The next frame. */
export async function next(frames: AsyncIterableIterator<Frame>): Promise<Frame> {
  const { value, done } = await frames.next();
  if (done) throw new Error('the subscription has ended');
  return value;
}

/** A subscription of a person on a socket of its own, standing: the server has taken it. */
export async function watch(
  house: ToyHouse,
  viewer: Viewer,
  query: string,
  variables?: Record<string, unknown>,
): Promise<AsyncIterableIterator<Frame>> {
  const connected = connect(house.gateway, await house.signIn(viewer));
  const frames = connected.watch(query, variables);
  await standing(connected);
  return frames;
}

/** Resolves once everything sent on the socket so far has been taken: what is sent later is answered later. */
export async function standing({ client }: ToyClient): Promise<void> {
  for await (const _ of client.iterate({ query: '{ __typename }' }));
}
