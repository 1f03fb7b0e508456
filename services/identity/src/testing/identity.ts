import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anonymous, demoId, type Viewer } from '@atende/service';
import { type Answer, startTestService, type TestOptions, type TestService } from '@atende/service/testing';
import { exportJWK, generateKeyPair } from 'jose';
import { Person } from '../account/person.ts';
import { identity } from '../service.ts';
import { standingOf, viewerFrom } from '../session/viewer-of.ts';

export const ana = 'ana@acme.example';
export const bruno = 'bruno@acme.example';
export const gisele = 'gisele@globex.example';
export const hugo = 'hugo@globex.example';
export const carla = 'carla@support.example';
export const diego = 'diego@support.example';
export const elisa = 'elisa@support.example';
export const otavio = 'otavio@support.example';
export const rita = 'rita@support.example';

export interface TestIdentity extends TestService {
  /** What a person's token says today. */
  viewer(email: string): Promise<Viewer>;
  /** Asks as one of the demo's people. */
  as(email: string, query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** Asks without having signed in, from an address. */
  anybody(query: string, variables?: Record<string, unknown>, address?: string): Promise<Answer>;
}

/** The identity service with the demo's people, on a private database. */
export async function startIdentity(options: TestOptions = {}): Promise<TestIdentity> {
  const folder = await mkdtemp(join(tmpdir(), 'identity-'));
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const file = join(folder, 'access-key.json');
  await writeFile(file, JSON.stringify(await exportJWK(privateKey)), { mode: 0o600 });
  const service = await startTestService(identity, {
    ...options,
    environment: { ACCESS_KEY_FILE: file, SEALING_KEY_FILE: file, ...options.environment },
  });
  await rm(folder, { recursive: true });
  const viewer = async (email: string): Promise<Viewer> => {
    const em = service.worker();
    return viewerFrom(await standingOf(em, await em.findOneOrFail(Person, { email })), demoId('ses', email));
  };
  return {
    ...service,
    viewer,
    as: async (email, query, variables) => service.ask(await viewer(email), query, variables),
    anybody: (query, variables, address = '192.0.2.1') => service.ask(anonymous, query, variables, { 'x-client-address': address }),
    [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
  };
}

/** Waits for what a job or the relay does by itself. */
export async function eventually<T>(look: () => Promise<T | null | undefined>, withinMs = 10_000): Promise<T> {
  for (const end = performance.now() + withinMs; performance.now() < end; ) {
    const found = await look();
    if (found !== null && found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('it did not happen');
}
