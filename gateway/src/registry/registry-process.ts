import type { AddressInfo } from 'node:net';
import { type Log, makeLog, startProbes } from '@atende/service/process';
import { DirectoryRegistry } from './directory-registry.ts';
import type { RegistryConfig } from './registry-config.ts';
import { makeRegistryServer } from './registry-server.ts';
import { RegistryTokens } from './registry-tokens.ts';

export interface RegistryProcess {
  url: string;
  probesUrl: string;
  /** Not ready → no new connections → requests under way end, or are cut off after the grace. */
  stop(): Promise<void>;
}

/** Starts a registry over HTTP in this process. Throws BadConfiguration when its tokens cannot be used. */
export async function startRegistry(config: RegistryConfig, log: Log = makeLog('registry', config.LOG_LEVEL)): Promise<RegistryProcess> {
  const tokens = new RegistryTokens(config.REGISTRY_TOKENS_FILE);
  const server = makeRegistryServer({ registry: new DirectoryRegistry(config.REGISTRY_DIR), tokens, log });
  const probes = await startProbes(config.HOST, config.PROBE_PORT);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.PORT, config.HOST, resolve);
  });
  const { port } = server.address() as AddressInfo;
  probes.setReady(true);
  log.info({ port, probes: probes.port, folder: config.REGISTRY_DIR }, 'listening');

  async function stop(): Promise<void> {
    probes.setReady(false);
    const drained = new Promise((resolve) => server.close(resolve));
    server.closeIdleConnections();
    const impatience = setTimeout(() => server.closeAllConnections(), config.SHUTDOWN_GRACE_MS);
    await drained;
    clearTimeout(impatience);
    await probes.close();
  }

  return { url: `http://${config.HOST}:${port}`, probesUrl: `http://${config.HOST}:${probes.port}`, stop };
}
