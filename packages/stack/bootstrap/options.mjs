// What `npm start` takes. Both the bootstrap and the launcher read it: --help must answer before anything is installed.
import { join, resolve } from 'node:path';

export const help = `Atende: PostgreSQL, NATS, the services and the gateway in one command.

  npm start                      everything, with demo data
  npm start -- --port 8080       the gateway on another port (default 4000)
  npm start -- --data <folder>   where data, keys and logs live (default .data)
  npm start -- --no-demo         start empty; says how to make the first administrator
  npm start -- --reset           remove the data of that folder first
  npm start -- --verbose         show what every process writes
  npm start -- --help            this text

NATS_URL=nats://…                use that NATS instead of an embedded one
Ctrl-C stops everything; the data stay for the next start.`;

const switches = { '--help': 'help', '-h': 'help', '--no-demo': 'noDemo', '--reset': 'reset', '--verbose': 'verbose' };

/** `{ options, faults }`: every fault at once, so that a user mends all of them in one go. */
export function parseOptions(args, { root, cwd }) {
  const options = { help: false, noDemo: false, reset: false, verbose: false, port: 4000, data: join(root, '.data') };
  const faults = [];
  for (let at = 0; at < args.length; at++) {
    const [name, inline] = args[at].split(/=(.*)/s);
    const value = () => inline ?? args[++at];
    if (switches[name] && inline === undefined) options[switches[name]] = true;
    else if (name === '--port') options.port = port(value(), faults);
    else if (name === '--data') options.data = folder(value(), cwd, faults);
    else faults.push(`${args[at]}: not known`);
  }
  return { options, faults };
}

function port(text, faults) {
  const number = Number(text);
  if (/^\d+$/.test(text ?? '') && number >= 1 && number <= 65_535) return number;
  faults.push(`--port ${text ?? ''}: expected a number from 1 to 65535, as --port 4000`);
  return 0;
}

function folder(text, cwd, faults) {
  if (text && !text.startsWith('--')) return resolve(cwd, text);
  faults.push('--data: expected a folder, as --data /var/lib/atende');
  return '';
}
