import { parseArgs } from 'node:util';
import { serviceName } from './publication.ts';

export const USAGE = `npm run publish-schema <service> [-- options]

  composes the service's schema.graphql with what the others have published, checks it against the operations that
  clients send, and publishes it. Gateways that follow the registry take it up within two seconds.

  --dry-run              say what would happen; write nothing
  --rollback             publish what the service had before instead; --to N: what it had in publication N
  --force-reason TEXT    publish although operations break; the reason stays in the history
  --url URL              where the service listens; needed the first time, or when it moves
  --schema FILE          another file than services/<service>/schema.graphql
  --documents FOLDER     further .graphql files that must go on working (examples/ counts anyway)
  --registry PLACE       a folder or an http(s) address; else REGISTRY, else that of the stack in .data
  --token-file FILE      the token for an address; else REGISTRY_TOKEN_FILE
  --by NAME              who publishes; else the user of this machine
  --history              list what was published, newest first

npm run publish-schema -- --store CLIENT FOLDER
  keeps a client's documents in the registry: they count as seen until they are replaced, and may be sent by their SHA-256.
  Each .graphql file is one, to the letter; persisted-….json is a manifest ({ "<id>": "<text>" }, or Apollo's)
`;

export interface PublishWords {
  service: string;
  schema: string | undefined;
  url: string | undefined;
  registry: string;
  tokenFile: string | undefined;
  documents: string[];
  by: string | undefined;
  forced: string | undefined;
  dryRun: boolean;
  rollback: boolean;
  /** The publication to go back to. */
  to: number | null;
  history: boolean;
  /** A client and the folder of its documents. */
  store: { client: string; folder: string } | null;
}

const options = {
  schema: { type: 'string' },
  url: { type: 'string' },
  registry: { type: 'string' },
  'token-file': { type: 'string' },
  documents: { type: 'string', multiple: true },
  by: { type: 'string' },
  'force-reason': { type: 'string' },
  'dry-run': { type: 'boolean' },
  rollback: { type: 'boolean' },
  to: { type: 'string' },
  history: { type: 'boolean' },
  store: { type: 'boolean' },
} as const;

/** The words of the command line, or everything that is wrong with them. */
export function readPublishWords(words: readonly string[]): { words: PublishWords } | { faults: string[] } {
  let parsed: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true; args: string[] }>>;
  try {
    parsed = parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (error) {
    return { faults: [(error as Error).message] };
  }
  const { values, positionals } = parsed;
  const faults: string[] = [];
  const [service = '', folder = '', ...more] = positionals;
  if (more.length > 0 || (folder && !values.store))
    faults.push(`one name is expected, not also ${[folder, ...more].filter(Boolean).join(' ')}`);
  if (values.store && !folder) faults.push('--store expects a client and a folder');
  if (!values.store && !values.history && !serviceName.safeParse(service).success)
    faults.push(service === '' ? 'which service?' : `"${service}" is no name of a service: lower-case letters, digits and hyphens`);
  if (!values.schema && !values.rollback && !values.store && !values.history) faults.push('which schema? --schema FILE');
  if (!values.registry) faults.push('which registry? --registry PLACE');
  if (values.url !== undefined && !/^https?:\/\//.test(values.url)) faults.push(`--url ${values.url}: expected http://… or https://…`);
  if (values['force-reason'] !== undefined && values['force-reason'].trim() === '') faults.push('--force-reason expects a reason');
  if (values.to !== undefined && !(values.rollback && /^[1-9]\d{0,8}$/.test(values.to)))
    faults.push('--to expects the number of a publication, beside --rollback');
  if (faults.length > 0) return { faults };
  return {
    words: {
      service,
      schema: values.schema,
      url: values.url,
      registry: values.registry ?? '',
      tokenFile: values['token-file'],
      documents: values.documents ?? [],
      by: values.by,
      forced: values['force-reason'],
      dryRun: values['dry-run'] ?? false,
      rollback: values.rollback ?? false,
      to: values.to === undefined ? null : Number(values.to),
      history: values.history ?? false,
      store: values.store ? { client: service, folder } : null,
    },
  };
}
