import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { ErrorCode } from '@atende/service/process';
import { type Dispatcher, Pool } from 'undici';
import { type Admission, addressOf, languageOf, NotAdmitted, requestIdOf, traceparentOf } from './admission.ts';
import { sendComplaint } from './http-answer.ts';
import type { Complaint } from './refusals.ts';
import type { ServiceTokens } from './service-token.ts';

export interface FilesOptions {
  /** Where the attachments service listens. */
  url: string;
  admission: Admission;
  tokens: ServiceTokens;
  trustProxy: boolean;
  /** How many files may be on their way at once. */
  streams?: number;
}

const SERVICE = 'attachments';
const STREAMS = 128;
const SILENCE = 30_000; // ms without a byte, after which a stream is given up
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PATCH', 'DELETE', 'OPTIONS']);
/** Ids and names of our own: nothing written as percent codes, no segment that begins with a dot. */
const PATH = /^\/files(\/[\w~-][\w.~-]*)+(\?[!"$-~]*)?$/;

// Allow-lists of their own: what tus and downloads need, nothing that could carry an identity.
const TUS = [
  'tus-resumable',
  'tus-version',
  'tus-extension',
  'tus-max-size',
  'tus-checksum-algorithm',
  'upload-offset',
  'upload-length',
  'upload-metadata',
  'upload-defer-length',
  'upload-concat',
  'upload-checksum',
  'upload-expires',
];
const REQUEST_HEADERS = [
  'content-type',
  'content-length',
  'accept',
  'range',
  'if-range',
  'if-none-match',
  'if-match',
  'if-modified-since',
  ...TUS,
];
const RESPONSE_HEADERS = [
  'content-type',
  'content-length',
  'content-disposition',
  'content-range',
  'content-security-policy',
  'content-language',
  'accept-ranges',
  'etag',
  'last-modified',
  'cache-control',
  'x-content-type-options',
  'x-frame-options',
  'referrer-policy',
  'cross-origin-resource-policy',
  'location',
  'allow',
  'retry-after',
  ...TUS,
];

const BUSY: Complaint = { code: ErrorCode.RATE_LIMITED, refusal: 'busy' };
const AWAY: Complaint = { code: ErrorCode.DEPENDENCY_UNAVAILABLE, refusal: 'unavailable', values: { service: SERVICE } };
const NOWHERE: Complaint = { code: ErrorCode.NOT_FOUND, refusal: 'notFound' };

/** Uploads and downloads under /files, passed through as they come: no byte is kept here, and a slow end slows the other. */
export class Files {
  readonly #options: FilesOptions;
  readonly #pool: Pool;
  #streams = 0;

  constructor(options: FilesOptions) {
    this.#options = options;
    this.#pool = new Pool(new URL(options.url).origin, {
      connections: options.streams ?? STREAMS,
      headersTimeout: SILENCE,
      bodyTimeout: SILENCE,
      connect: { timeout: 1_000 },
    });
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = requestIdOf(request);
    const language = languageOf(request.headers['accept-language'], 'pt-BR');
    const refuse = (complaint: Complaint, status?: number) => {
      response.setHeader('connection', 'close'); // the body of a refused upload is not read
      sendComplaint(response, complaint, language, requestId, status);
    };
    const path = request.url ?? '';
    if (!PATH.test(path) || !METHODS.has(request.method ?? '')) return refuse(NOWHERE, 404);
    if (this.#streams >= (this.#options.streams ?? STREAMS)) return refuse(BUSY);
    this.#streams += 1;
    try {
      await this.#pass(request, response, requestId);
    } catch (error) {
      if (response.headersSent) response.destroy();
      else refuse(error instanceof NotAdmitted ? error.complaint : AWAY);
    } finally {
      this.#streams -= 1;
    }
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }

  async #pass(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> {
    const { admission, tokens, trustProxy } = this.#options;
    const { viewer } = await admission.admit(request.headers.authorization);
    const traceparent = traceparentOf(request);
    const leaving = new AbortController();
    response.on('close', () => leaving.abort());
    const passed = await this.#pool.request({
      path: request.url ?? '',
      method: request.method as Dispatcher.HttpMethod,
      headers: {
        ...chosen(request.headers, REQUEST_HEADERS),
        authorization: await tokens.headerFor(viewer, SERVICE),
        'accept-language': languageOf(request.headers['accept-language'], viewer.language),
        'x-request-id': requestId,
        'x-client-address': addressOf(request, trustProxy),
        ...(traceparent !== null && { traceparent }),
      },
      body: hasBody(request) ? request : null,
      signal: leaving.signal,
    });
    response.writeHead(passed.statusCode, { ...chosen(passed.headers, RESPONSE_HEADERS), 'x-request-id': requestId });
    await pipeline(passed.body, response);
  }
}

const hasBody = ({ headers }: IncomingMessage) => headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;

function chosen(headers: Record<string, string | string[] | undefined>, allowed: readonly string[]): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {};
  for (const name of allowed) {
    const value = headers[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}
