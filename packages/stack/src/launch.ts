import { parseOptions } from '../bootstrap/options.mjs';
import { launch } from './launcher.ts';
import { repositoryRoot } from './repository.ts';

// What `npm start` runs once everything is installed and built.
process.stdout.on('error', () => undefined); // nobody reads any more (`npm start | head`): everything runs on
const { options, faults } = parseOptions(process.argv.slice(2), { root: repositoryRoot, cwd: process.env.INIT_CWD ?? process.cwd() });
if (faults.length > 0) console.error(faults.join('\n'));
process.exit(faults.length > 0 ? 78 : await launch(options));
