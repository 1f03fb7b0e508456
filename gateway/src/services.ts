import type { Log, Viewer } from '@atende/service/process';
import type { Caller } from './caller.ts';
import type { ServiceAnswer } from './run-program.ts';
import { SERVICE_CLIENT, ServiceClient, type ServiceClientOptions } from './service-client.ts';
import type { ServiceTokens } from './service-token.ts';

export interface ServicesOptions {
  tokens: ServiceTokens;
  log: Log;
  /** Addresses by name, several replicas each; they win over those in the supergraph. */
  urls?: Readonly<Record<string, readonly string[]>>;
  client?: ServiceClientOptions;
  /** Told of every call: service, seconds, whether an answer came. */
  observe?(service: string, seconds: number, answered: boolean): void;
}

/** How every call to a service leaves the gateway: with a token, the allowed headers, a deadline, a breaker and a bulkhead. */
export class Services {
  readonly #options: ServicesOptions;
  readonly #clients = new Map<string, { url: string; client: ServiceClient }>();

  constructor(options: ServicesOptions) {
    this.#options = options;
  }

  /** Takes the addresses of a new supergraph. A service whose address stays keeps its connections and its breaker. */
  use(services: readonly { name: string; url: string }[]): void {
    for (const { name, url } of services) {
      const urls = this.#options.urls?.[name] ?? [url];
      const known = this.#clients.get(name);
      if (known?.url === urls.join('|')) continue;
      this.#clients.set(name, { url: urls.join('|'), client: new ServiceClient(name, urls, this.#options.client ?? SERVICE_CLIENT) });
      void known?.client.close();
    }
  }

  /** Sends a GraphQL body. A service that does not answer is an answer too: `failed`. */
  async send(service: string, body: string, caller: Caller, isMutation: boolean): Promise<ServiceAnswer> {
    const client = this.#clients.get(service)?.client;
    if (!client) return failure(service);
    const begun = performance.now();
    const headers = await this.#headers(service, caller);
    const answer = await client.send({
      headers,
      body,
      isRepeatable: !isMutation,
      deadline: caller.deadline - begun,
      signal: isMutation ? undefined : caller.signal,
    });
    const parsed = answer && this.#read(service, answer.status, answer.body);
    this.#options.observe?.(service, (performance.now() - begun) / 1_000, parsed !== null);
    return parsed ?? failure(service);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#clients.values()].map(({ client }) => client.close()));
  }

  async #headers(service: string, caller: Caller): Promise<string[]> {
    const token = this.#options.tokens.headerFor(caller.viewer, service);
    // The whole list: nothing else of a client's headers ever reaches a service.
    const headers = [
      'content-type',
      'application/json',
      'authorization',
      typeof token === 'string' ? token : await token,
      'accept-language',
      caller.language,
      'x-request-id',
      caller.requestId,
    ];
    if (caller.traceparent !== null) headers.push('traceparent', caller.traceparent);
    if (caller.address !== null) headers.push('x-client-address', caller.address);
    return headers;
  }

  #read(service: string, status: number, body: string): ServiceAnswer | null {
    const answer = parseAnswer(body);
    if (answer && (status === 200 || (status === 400 && answer.errors))) return answer;
    this.#options.log.error({ service, status }, 'a service answered with something that is no GraphQL result');
    return null;
  }
}

export function failure(service: string): ServiceAnswer {
  return { failed: { message: service, extensions: { code: 'DEPENDENCY_UNAVAILABLE', service } } };
}

function parseAnswer(body: string): ServiceAnswer | null {
  try {
    const answer: unknown = JSON.parse(body);
    return typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer) ? (answer as ServiceAnswer) : null;
  } catch {
    return null;
  }
}

/** The caller of work that is the gateway's own. */
export function gatewayCaller(viewer: Viewer, requestId: string, deadline: number): Caller {
  return { viewer, language: viewer.language, requestId, traceparent: null, address: null, deadline };
}
