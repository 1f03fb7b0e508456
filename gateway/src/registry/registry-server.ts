import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { BodyRefused, readBody } from '../http-body.ts';
import { type Draft, digestOf } from './publication.ts';
import { FAULTS, type Fault, REGISTRY_LIMITS, type Registry, RegistryError } from './registry.ts';
import type { RegistryTokens, TokenHolder } from './registry-tokens.ts';
import type { SeenOperation } from './seen-operation.ts';

const STATUS: Record<Fault, number> = {
  UNREACHABLE: 503,
  DAMAGED: 500,
  NOT_FOUND: 404,
  PUBLISHED_MEANWHILE: 412,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  INVALID: 400,
  TOO_LARGE: 413,
  FULL: 507,
  NOT_WRITABLE: 503,
};

export interface RegistryServerOptions {
  registry: Registry;
  tokens: RegistryTokens;
  /** Told of what was published and of what failed on our side. */
  log: { info(what: object, message: string): void; error(what: object, message: string): void };
}

interface Ask {
  options: RegistryServerOptions;
  request: IncomingMessage;
  response: ServerResponse;
  holder: TokenHolder;
  /** What the path names. */
  name: string;
  search: URLSearchParams;
}

/** A client's documents as a publisher hands them in. */
interface Stored {
  operations: SeenOperation[];
  texts: string[];
}

type Answer = (ask: Ask) => Promise<void>;

/** A registry over HTTP. Errors are `{ "error": { "code", "message" } }` with the codes of RegistryError. */
export function makeRegistryServer(options: RegistryServerOptions): Server {
  return createServer({ headersTimeout: 10_000, requestTimeout: 30_000 }, (request, response) => {
    answer(options, request, response).catch((error: unknown) => refuse(options, response, error));
  });
}

const newest: Answer = async ({ options: { registry }, request, response }) => {
  const known = unquoted(request.headers['if-none-match']);
  const found = await registry.newest(known);
  if (found === 'UNCHANGED') return send(response, 304, { etag: `"${known}"` });
  if (found === null) throw new RegistryError('NOT_FOUND', 'nothing was published yet');
  send(response, 200, { etag: `"${found.tag}"` }, found.publication);
};

const publish: Answer = async ({ options: { registry, log }, request, response, holder }) => {
  const after = request.headers['if-none-match'] === '*' ? null : unquoted(request.headers['if-match']);
  if (after === undefined)
    throw new RegistryError('INVALID', 'say what it comes after: If-Match with its ETag, or If-None-Match: * for the first');
  const draft = (await json(request, REGISTRY_LIMITS.publication)) as Draft;
  const publication = await registry.append({ ...draft, by: `${holder.name} (${String(draft?.by).slice(0, 400)})` }, after);
  log.info({ version: publication.version, changed: publication.service, by: holder.name }, 'published');
  send(response, 201, {}, publication);
};

const texts: Record<string, Answer> = {
  async GET({ options: { registry }, response, name }) {
    send(response, 200, { 'content-type': 'application/graphql; charset=utf-8' }, await registry.text(name));
  },
  async PUT({ options: { registry }, request, response, name }) {
    const text = (await readBody(request, REGISTRY_LIMITS.text)).toString('utf8');
    if (digestOf(text) !== name) throw new RegistryError('INVALID', 'the text is not the one that the address names');
    await registry.keep(text);
    send(response, 204, {});
  },
};

const routes: { path: RegExp; methods: Record<string, Answer> }[] = [
  { path: /^\/publications\/newest$/, methods: { GET: newest, PUT: publish } },
  {
    path: /^\/publications$/,
    methods: {
      async GET({ options: { registry }, response, search }) {
        const limit = Math.min(Math.max(Number(search.get('limit')) || 20, 1), 1_000);
        send(response, 200, {}, await registry.history(limit));
      },
    },
  },
  { path: /^\/texts\/([0-9a-f]{64})$/, methods: texts },
  {
    path: /^\/operations$/,
    methods: {
      async GET({ options: { registry }, response }) {
        send(response, 200, {}, await registry.reports());
      },
    },
  },
  {
    path: /^\/operations\/([\w.-]{1,100})$/,
    methods: {
      async POST({ options: { registry }, request, response, name }) {
        await registry.report(name, (await json(request, REGISTRY_LIMITS.report)) as SeenOperation[]);
        send(response, 204, {});
      },
    },
  },
  {
    path: /^\/documents$/,
    methods: {
      async GET({ options: { registry }, request, response }) {
        const known = unquoted(request.headers['if-none-match']);
        const found = await registry.documents(known);
        if (found === 'UNCHANGED') return send(response, 304, { etag: `"${known}"` });
        send(response, 200, { etag: `"${found.tag}"` }, found.texts);
      },
    },
  },
  {
    path: /^\/documents\/([\w.-]{1,100})$/,
    methods: {
      async PUT({ options: { registry }, request, response, name }) {
        const given = (await json(request, REGISTRY_LIMITS.report)) as SeenOperation[] | Stored;
        // A publisher of before hands in operations only.
        const { operations, texts } = Array.isArray(given) ? { operations: given, texts: [] } : given;
        await registry.store(name, operations, texts);
        send(response, 204, {});
      },
    },
  },
];

/** What a gateway's token is good for: reading, and reporting what it has seen. */
const isForGateways = (method: string): boolean => method === 'GET' || method === 'POST';

async function answer(options: RegistryServerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const holder = options.tokens.holderOf(request.headers.authorization);
  if (!holder) throw new RegistryError('UNAUTHORIZED', 'Authorization: Bearer …');
  const { pathname, searchParams: search } = new URL(request.url ?? '/', 'http://registry');
  const method = request.method ?? 'GET';
  for (const { path, methods } of routes) {
    const match = path.exec(pathname);
    if (!match) continue;
    const work = methods[method];
    if (!work) return sendError(response, 405, 'INVALID', `${method} is not for ${pathname}`, { allow: Object.keys(methods).join(', ') });
    if (holder.role === 'gateway' && !isForGateways(method)) throw new RegistryError('FORBIDDEN', 'a gateway reads and reports');
    return work({ options, request, response, holder, name: match[1] ?? '', search });
  }
  throw new RegistryError('NOT_FOUND', pathname.slice(0, 100));
}

async function json(request: IncomingMessage, most: number): Promise<unknown> {
  const body = await readBody(request, most);
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new RegistryError('INVALID', 'the body is not JSON');
  }
}

const unquoted = (tag: string | undefined): string | undefined => /^"([\w-]{1,100})"$/.exec(tag ?? '')?.[1];

function refuse({ log }: RegistryServerOptions, response: ServerResponse, error: unknown): void {
  if (error instanceof BodyRefused) {
    if (error.why === 'CUT_OFF') return void response.destroy();
    return sendError(response, error.why === 'TOO_LARGE' ? 413 : 408, 'TOO_LARGE', 'the body is too large or too slow', {
      connection: 'close',
    });
  }
  if (!(error instanceof RegistryError)) {
    log.error({ err: error }, 'a request failed');
    return sendError(response, 500, 'DAMAGED', 'the registry failed');
  }
  const isOurs = STATUS[error.fault] >= 500;
  if (isOurs) log.error({ err: error }, 'the registry failed');
  // What is wrong on our disk names our paths: for our log.
  const message = isOurs ? FAULTS[error.fault] : error.detail;
  sendError(response, STATUS[error.fault], error.fault, message, error.fault === 'UNAUTHORIZED' ? { 'www-authenticate': 'Bearer' } : {});
}

function sendError(response: ServerResponse, status: number, code: Fault, message: string, headers: Record<string, string> = {}): void {
  send(response, status, headers, { error: { code, message } });
}

function send(response: ServerResponse, status: number, headers: Record<string, string>, body?: unknown): void {
  if (response.headersSent) return void response.destroy();
  const text = body === undefined || typeof body === 'string' ? (body ?? '') : JSON.stringify(body);
  const type = body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text) };
  response.writeHead(status, { 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff', ...type, ...headers }).end(text);
}
