import { BadConfiguration, onEnd } from '@atende/service/process';
import { loadRegistryConfig } from './registry-config.ts';
import { startRegistry } from './registry-process.ts';

const config = loadRegistryConfig();
try {
  const registry = await startRegistry(config);
  onEnd({ exitWithParent: config.EXIT_WITH_PARENT, stop: () => registry.stop() });
} catch (error) {
  if (!(error instanceof BadConfiguration)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}
