import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { GATEWAY_ISSUER, type Viewer } from '@atende/service/process';
import { type DocumentNode, GraphQLError, graphql, parse } from 'graphql';
import { createLocalJWKSet, jwtVerify } from 'jose';
import type { SigningKey } from '../signing-key.ts';

export type Resolvers = Record<string, Record<string, unknown>>;

/** What a resolver of a toy service is given. */
export interface ToyContext {
  viewer: Viewer;
  headers: IncomingMessage['headers'];
  calls: string[];
}

/** How a toy service behaves on the wire; changed by a test while it runs. */
export type Mood = 'well' | 'hangs' | 'resets' | 'fails' | 'babbles';

export interface ToyService {
  name: string;
  url: string;
  sdl: string;
  /** The operations it was asked to run, newest last. */
  calls: string[];
  headers: IncomingMessage['headers'][];
  /** Names of the headers as they came, with those that came twice. */
  headerNames: string[][];
  viewers: Viewer[];
  mood: Mood;
  /** Called for each call that its mood spoiled. */
  onSpoiled: () => void;
  /** Called when the gateway gave up a call that its mood left hanging. */
  onGivenUp: () => void;
  stop(): Promise<void>;
  /** Listens again at the same address. */
  restart(): Promise<void>;
}

export interface ToyOptions {
  name: string;
  sdl: string;
  resolvers: Resolvers;
  /** The gateway's key: calls without its token get 401, as from a real service. Absent: anybody may ask. */
  key?: SigningKey;
}

/** A real subgraph of @apollo/subgraph behind real HTTP, small enough for a test. */
export async function startToy({ name, sdl, resolvers, key }: ToyOptions): Promise<ToyService> {
  const typeDefs: DocumentNode = parse(sdl);
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
  const keys = key && createLocalJWKSet(key.jwks);
  let server: Server | null = null;
  let port = 0;
  const toy: ToyService = {
    name,
    url: '',
    sdl,
    calls: [],
    headers: [],
    headerNames: [],
    viewers: [],
    mood: 'well',
    onSpoiled: () => undefined,
    onGivenUp: () => undefined,
    stop,
    restart: listen,
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (toy.mood !== 'well') toy.onSpoiled();
    if (toy.mood === 'hangs') return void response.on('close', () => toy.onGivenUp());
    if (toy.mood === 'resets') return void request.socket.destroy();
    if (toy.mood === 'fails') return void response.writeHead(503).end('<html>out of order</html>');
    if (toy.mood === 'babbles') return void response.end('{"dat');
    const viewer = await viewerOf(request);
    if (!viewer) return void response.writeHead(401, { 'content-type': 'application/json' }).end('{"errors":[{"message":"no token"}]}');
    const { query, variables, operationName } = JSON.parse(Buffer.concat(chunks).toString());
    toy.calls.push(query);
    toy.headers.push(request.headers);
    toy.headerNames.push(request.rawHeaders.filter((_, at) => at % 2 === 0));
    toy.viewers.push(viewer);
    const contextValue: ToyContext = { viewer, headers: request.headers, calls: toy.calls };
    const result = await graphql({ schema, source: query, variableValues: variables, operationName, contextValue });
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(result));
  }

  async function viewerOf({ headers }: IncomingMessage): Promise<Viewer | null> {
    if (!keys) return { kind: 'ANONYMOUS' } as Viewer;
    const token = headers.authorization?.slice('Bearer '.length) ?? '';
    const verified = await jwtVerify(token, keys, { issuer: GATEWAY_ISSUER, audience: name }).catch(() => null);
    return (verified?.payload.viewer as Viewer | undefined) ?? null;
  }

  async function listen(): Promise<void> {
    const next = createServer((request, response) => void answer(request, response));
    await new Promise<void>((resolve) => next.listen(port, '127.0.0.1', resolve));
    port = (next.address() as AddressInfo).port;
    toy.url = `http://127.0.0.1:${port}/graphql`;
    server = next;
  }

  async function stop(): Promise<void> {
    const ending = server;
    server = null;
    if (!ending) return;
    ending.closeAllConnections();
    await new Promise((resolve) => ending.close(resolve));
  }

  await listen();
  return toy;
}

/** An error with a code, as services throw it. */
export const coded = (code: string, message: string) => new GraphQLError(message, { extensions: { code } });
