import { loadConfig, parseConfig, processSettings, type Settings, setting, type Values } from '@atende/service/process';
import { z } from 'zod';

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);
const { HOST, ATENDE_ENV, LOG_LEVEL, EXIT_WITH_PARENT, SHUTDOWN_GRACE_MS } = processSettings;

/** What a registry over HTTP reads from its environment. */
export const registrySettings = {
  HOST,
  PORT: setting(port(4_300), 'port to listen on (0: any free one)', '4300'),
  PROBE_PORT: setting(port(4_400), 'port of /livez, /readyz and /metrics', '4400'),
  REGISTRY_DIR: setting(z.string(), 'the folder that holds everything; made when it is not there', '/var/lib/atende/registry'),
  REGISTRY_TOKENS_FILE: setting(
    z.string(),
    'lines of "publisher NAME TOKEN" and "gateway NAME TOKEN", mode 0600',
    '/etc/atende/registry-tokens',
  ),
  ATENDE_ENV,
  LOG_LEVEL,
  EXIT_WITH_PARENT,
  SHUTDOWN_GRACE_MS,
} satisfies Settings;

export type RegistryConfig = Values<typeof registrySettings>;

export const loadRegistryConfig = (): RegistryConfig => loadConfig(registrySettings);
export const parseRegistryConfig = (environment: Record<string, string | undefined>): RegistryConfig =>
  parseConfig(registrySettings, environment);
