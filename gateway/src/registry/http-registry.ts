import { z } from 'zod';
import { type Draft, digestOf, type Publication, publicationSchema } from './publication.ts';
import { FAULTS, type Fault, type Newest, type Registry, RegistryError, type StoredTexts } from './registry.ts';
import { type OperationsReport, operationsReportSchema, type SeenOperation } from './seen-operation.ts';

export interface HttpRegistryOptions {
  url: string;
  token: string;
  /** The most time one answer may take, in ms. */
  deadline?: number;
}

const DEADLINE = 5_000; // ms

interface Ask {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** A registry behind an address (registry-server.ts). */
export class HttpRegistry implements Registry {
  readonly place: string;
  readonly #base: URL;
  readonly #token: string;
  readonly #deadline: number;

  constructor({ url, token, deadline = DEADLINE }: HttpRegistryOptions) {
    this.place = url;
    this.#base = new URL(url.endsWith('/') ? url : `${url}/`);
    this.#token = token;
    this.#deadline = deadline;
  }

  async newest(known?: string): Promise<Newest | null | 'UNCHANGED'> {
    const headers: Record<string, string> = known === undefined ? {} : { 'if-none-match': `"${known}"` };
    try {
      const { status, etag, text } = await this.#ask('publications/newest', { headers });
      if (status === 304) return 'UNCHANGED';
      return { publication: read(publicationSchema, text), tag: etag };
    } catch (error) {
      if (error instanceof RegistryError && error.fault === 'NOT_FOUND') return null;
      throw error;
    }
  }

  async history(limit: number): Promise<Publication[]> {
    return read(z.array(publicationSchema), (await this.#ask(`publications?limit=${limit}`)).text);
  }

  async text(digest: string): Promise<string> {
    const { text } = await this.#ask(`texts/${encodeURIComponent(digest)}`);
    if (digestOf(text) !== digest) throw new RegistryError('DAMAGED', `${this.place} answered another text than ${digest}`);
    return text;
  }

  async keep(text: string): Promise<void> {
    await this.#ask(`texts/${digestOf(text)}`, { method: 'PUT', body: text });
  }

  async append(draft: Draft, after: string | null): Promise<Publication> {
    const headers: Record<string, string> = after === null ? { 'if-none-match': '*' } : { 'if-match': `"${after}"` };
    const { text } = await this.#ask('publications/newest', { method: 'PUT', headers, body: JSON.stringify(draft) });
    return read(publicationSchema, text);
  }

  async report(reporter: string, seen: readonly SeenOperation[]): Promise<void> {
    await this.#ask(`operations/${encodeURIComponent(reporter)}`, { method: 'POST', body: JSON.stringify(seen) });
  }

  async store(client: string, operations: readonly SeenOperation[], texts: readonly string[] = []): Promise<void> {
    await this.#ask(`documents/${encodeURIComponent(client)}`, { method: 'PUT', body: JSON.stringify({ operations, texts }) });
  }

  async documents(known?: string): Promise<StoredTexts | 'UNCHANGED'> {
    const headers: Record<string, string> = known === undefined ? {} : { 'if-none-match': `"${known}"` };
    const { status, etag, text } = await this.#ask('documents', { headers });
    return status === 304 ? 'UNCHANGED' : { texts: read(z.array(z.string()), text), tag: etag };
  }

  async reports(): Promise<OperationsReport[]> {
    return read(z.array(operationsReportSchema), (await this.#ask('operations')).text);
  }

  async #ask(path: string, { method = 'GET', headers = {}, body }: Ask = {}): Promise<{ status: number; etag: string; text: string }> {
    const answer = await this.#fetch(path, { method, headers: { authorization: `Bearer ${this.#token}`, ...headers }, body });
    if (answer.ok || answer.status === 304) return answer;
    throw refusal(answer.status, answer.text);
  }

  async #fetch(path: string, ask: Ask): Promise<{ ok: boolean; status: number; etag: string; text: string }> {
    try {
      const response = await fetch(new URL(path, this.#base), { ...ask, redirect: 'error', signal: AbortSignal.timeout(this.#deadline) });
      const etag = /^(?:W\/)?"(.*)"$/.exec(response.headers.get('etag') ?? '')?.[1] ?? '';
      return { ok: response.ok, status: response.status, etag, text: await response.text() };
    } catch (error) {
      const { cause, message } = error as { cause?: Error; message: string };
      throw new RegistryError('UNREACHABLE', `${this.place}: ${cause?.message ?? message}`, { cause: error });
    }
  }
}

function read<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new RegistryError('DAMAGED', 'its answer is not what a registry answers', { cause: error });
  }
}

/** What stands between us and the registry answers in its own words, and sometimes in HTML. */
function refusal(status: number, text: string): RegistryError {
  const words = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
  try {
    const { code, message } = words.parse(JSON.parse(text)).error;
    if (code in FAULTS) return new RegistryError(code as Fault, message);
  } catch {
    // told below
  }
  return new RegistryError('UNREACHABLE', `it answered ${status}`);
}
