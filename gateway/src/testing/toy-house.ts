import { chmodSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bus, MemoryBus, makeLog, type Viewer } from '@atende/service/process';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { composeSupergraph } from '../composition.ts';
import { type Gateway, parseGatewayConfig, startGateway } from '../gateway.ts';
import { newSigningKey, type SigningKey, signingKeyOf } from '../signing-key.ts';
import { identityResolvers, type ToyData, ticketsResolvers, toyData } from './toy-data.ts';
import { ANA } from './toy-persons.ts';
import { IDENTITY_SDL, TICKETS_SDL } from './toy-sdl.ts';
import { startToy, type ToyService } from './toy-service.ts';

/** A whole gateway before toy services: real HTTP, real sockets, real files; only the bus may be the in-memory one. */
export interface ToyHouse {
  gateway: Gateway;
  data: ToyData;
  bus: Bus;
  tickets: ToyService;
  identity: ToyService;
  /** What identity tells of ended sessions. */
  ended: { cursor: string; sessionIds: string[] };
  /** Replaces the supergraph file. */
  publish(sdl: string): void;
  supergraph: string;
  /** One more gateway before the same services, on the same bus or on one of its own. */
  another(its?: Bus): Promise<Gateway>;
  /** An access token of identity's. */
  signIn(viewer?: Viewer, seconds?: number): Promise<string>;
  stop(): Promise<void>;
}

export interface ToyHouseOptions {
  environment?: Record<string, string>;
  bus?: Bus;
  /** The attachments service. */
  files?: RequestListener;
  /** False: the gateway starts without one, and publish brings it. */
  withSupergraph?: boolean;
  /** See GatewayOptions. */
  readFeedsEvery?: number;
}

export async function startToyHouse({
  environment = {},
  bus = new MemoryBus(),
  files = (_, response) => response.end('file'),
  withSupergraph = true,
  readFeedsEvery,
}: ToyHouseOptions = {}): Promise<ToyHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'atende-gateway-'));
  const keyFile = join(folder, 'key.json');
  const jwk = await newJwk();
  writeFileSync(keyFile, JSON.stringify(jwk));
  chmodSync(keyFile, 0o600);
  const key = await signingKeyOf(jwk);
  const issuer = await newSigningKey();
  const data = toyData();
  const ended = { cursor: 'c0', sessionIds: [] as string[] };
  const resolvers = identityResolvers(data);
  resolvers.Query = { ...resolvers.Query, _endedSessions: () => ended };
  const tickets = await startToy({ name: 'tickets', sdl: TICKETS_SDL, resolvers: ticketsResolvers(data), key });
  const identity = await startToy({ name: 'identity', sdl: IDENTITY_SDL, resolvers, key });
  const jwks = await listen((_, response) => response.end(JSON.stringify(issuer.jwks)));
  const attachments = await listen(files);
  const supergraph = composeSupergraph([tickets, identity]);
  const supergraphFile = join(folder, 'supergraph.graphql');
  const publish = (sdl: string) => {
    writeFileSync(`${supergraphFile}.new`, sdl);
    renameSync(`${supergraphFile}.new`, supergraphFile);
  };
  if (withSupergraph) publish(supergraph);
  const config = parseGatewayConfig({
    PORT: '0',
    PROBE_PORT: '0',
    NATS_URL: 'nats://127.0.0.1:1',
    NATS_PREFIX: 'test',
    LOG_LEVEL: 'silent',
    SUPERGRAPH_FILE: supergraphFile,
    SIGNING_KEY_FILE: keyFile,
    IDENTITY_JWKS_URL: jwks.url,
    FILES_URL: attachments.url,
    ...UNLIMITED,
    ...environment,
  });
  const options = { readFeedsEvery, log: makeLog('gateway', environment.LOG_LEVEL ?? 'silent') };
  const gateway = await startGateway(config, { ...options, bus });
  if (withSupergraph) await untilReady(gateway);

  return {
    gateway,
    data,
    bus,
    tickets,
    identity,
    ended,
    publish,
    supergraph,
    async another(its = lasting(bus)) {
      const next = await startGateway(config, { ...options, bus: its });
      await untilReady(next);
      return next;
    },
    signIn: (viewer = ANA, seconds = 600) => signToken(issuer, viewer, seconds),
    async stop() {
      await gateway.stop();
      await Promise.all([tickets.stop(), identity.stop(), jwks.close(), attachments.close()]);
      rmSync(folder, { recursive: true });
    },
  };
}

// Tests ask more than people do. What is limited is tested with budgets of its own.
const UNLIMITED = { RATE_PERSON: 'off', RATE_ORGANIZATION: 'off', RATE_ADDRESS: 'off', RATE_ATTEMPTS: 'off' };

/** A bus that outlives the gateway that it is given to. */
function lasting(bus: Bus): Bus {
  return {
    state: (...asked) => bus.state(...asked),
    reset: (...asked) => bus.reset(...asked),
    publish: (...asked) => bus.publish(...asked),
    consume: (...asked) => bus.consume(...asked),
    watch: (...asked) => bus.watch(...asked),
    tell: (...told) => bus.tell(...told),
    hear: (...asked) => bus.hear(...asked),
    close: async () => undefined,
  };
}

/** The readiness that a launcher would wait for. */
export async function untilReady({ probesUrl }: Gateway): Promise<void> {
  while (!(await fetch(`${probesUrl}/readyz`)).ok) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Waits until the gateway's metrics say what is expected. */
export async function untilCounted({ probesUrl }: Gateway, line: RegExp): Promise<void> {
  while (!line.test(await (await fetch(`${probesUrl}/metrics`)).text())) await new Promise((resolve) => setTimeout(resolve, 10));
}

async function newJwk(): Promise<JWK> {
  return exportJWK((await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })).privateKey);
}

async function signToken({ key, id }: SigningKey, viewer: Viewer, seconds: number): Promise<string> {
  const token = new SignJWT({ viewer: { ...viewer, sessionId: null }, sid: viewer.sessionId })
    .setProtectedHeader({ alg: 'EdDSA', kid: id })
    .setIssuer('atende-identity')
    .setAudience('atende')
    .setSubject(viewer.personId ?? '')
    .setExpirationTime(Math.floor(Date.now() / 1_000) + seconds);
  return `Bearer ${await token.sign(key)}`;
}

async function listen(listener: RequestListener): Promise<{ url: string; close(): Promise<void> }> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
