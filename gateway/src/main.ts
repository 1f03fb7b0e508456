import { BadConfiguration, onEnd } from '@atende/service/process';
import { loadGatewayConfig } from './config.ts';
import { startGateway } from './gateway.ts';

const config = loadGatewayConfig();
try {
  const gateway = await startGateway(config);
  onEnd({ exitWithParent: config.EXIT_WITH_PARENT, stop: () => gateway.stop() });
} catch (error) {
  if (!(error instanceof BadConfiguration)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}
