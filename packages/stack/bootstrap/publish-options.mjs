// From what a person gives `npm run publish-schema` to what the program behind it takes: this repository's schema, its examples, the registry
// of the running stack.
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const without = ['--rollback', '--history', '--store', '--schema', '--help']; // with these no schema is looked for
const valued = ['--schema', '--url', '--registry', '--token-file', '--documents', '--by', '--force-reason', '--to', '--data'];
const swallowed = ['rollback', 'force_reason', 'history', 'store', 'schema', 'url', 'registry_folder', 'to', 'documents'];

/** `{ words }` for the program, or `{ faults }`. */
export function publishOptions(args, { root, cwd, env }) {
  const { data = join(root, '.data'), rest } = takeData(args);
  const given = (name) => rest.some((word) => word === name || word.startsWith(`${name}=`));
  // npm takes switches before `--` for its own: one that would write must not be lost on the way.
  const lost = swallowed.filter((name) => env[`npm_config_${name}`] !== undefined);
  if (lost.length > 0) return { faults: ['options stand behind a --, as in: npm run publish-schema tickets -- --dry-run'] };
  const words = [...rest];
  if (env.npm_config_dry_run === 'true' && !given('--dry-run')) words.push('--dry-run');
  const service = firstPlain(rest);
  if (!without.some(given)) {
    const fault = serviceFault(service, root);
    if (fault) return { faults: [fault] };
    words.push('--schema', join(root, 'services', service, 'schema.graphql'));
  }
  if (!given('--registry')) words.push('--registry', env.REGISTRY || join(resolve(cwd, data), 'registry'));
  if (!given('--token-file') && env.REGISTRY_TOKEN_FILE) words.push('--token-file', env.REGISTRY_TOKEN_FILE);
  const examples = join(root, 'examples');
  if (existsSync(examples) && !given('--store')) words.push('--documents', examples);
  return { words };
}

function serviceFault(service, root) {
  const services = readdirSync(join(root, 'services')).filter((name) => existsSync(join(root, 'services', name, 'schema.graphql')));
  return services.includes(service) ? undefined : `which service? There are ${services.join(', ')}; another one needs --schema FILE`;
}

function takeData(args) {
  const at = args.indexOf('--data');
  return at < 0 ? { rest: args } : { data: args[at + 1], rest: [...args.slice(0, at), ...args.slice(at + 2)] };
}

function firstPlain(words) {
  return words.find((word, at) => !word.startsWith('--') && !valued.includes(words[at - 1]));
}
