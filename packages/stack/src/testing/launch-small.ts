// The launcher with small programs in place of the services and the gateway: `node launch-small.ts <options of npm start>`.
import { fileURLToPath } from 'node:url';
import { parseOptions } from '../../bootstrap/options.mjs';
import { launch } from '../launcher.ts';

const entry = fileURLToPath(new URL('small-service.ts', import.meta.url));
const services = [
  { name: 'one', port: 4311, entry },
  { name: 'two', port: 4312, entry, env: () => ({ SMALL_FAULT: process.env.SMALL_FAULT ?? '' }) },
];
const { options } = parseOptions(process.argv.slice(2), { root: process.cwd(), cwd: process.cwd() });
process.exitCode = await launch(options, { services, gatewayEntry: entry });
