import type { Log, Tracer, Viewer } from '@atende/service/process';
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
  tracer?: Tracer | null;
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
      known?.client.close();
    }
  }

  /** Sends a GraphQL body. A service that does not answer is an answer too: `failed`. */
  async send(service: string, body: string, caller: Caller, isMutation: boolean): Promise<ServiceAnswer> {
    const client = this.#clients.get(service)?.client;
    if (!client) return failure(service);
    const begun = performance.now();
    const token = this.#options.tokens.headerFor(caller.viewer, service);
    const { requestId, traceparent: parent } = caller;
    // What the gateway asks for itself all the time is part of no trace.
    const span = parent === null ? undefined : this.#options.tracer?.begin(`fetch ${service}`, { kind: 'CLIENT', parent, requestId });
    const headers = headersOf(typeof token === 'string' ? token : await token, caller, span?.traceparent ?? parent);
    const answer = await client.send({
      headers,
      body,
      isRepeatable: !isMutation,
      deadline: caller.deadline - begun,
      signal: isMutation ? undefined : caller.signal,
    });
    const parsed = answer && this.#read(service, answer.status, answer.body);
    this.#options.observe?.(service, (performance.now() - begun) / 1_000, parsed !== null);
    span?.end(undefined, parsed === null ? 'DEPENDENCY_UNAVAILABLE' : undefined);
    return parsed ?? failure(service);
  }

  close(): void {
    for (const { client } of this.#clients.values()) client.close();
  }

  #read(service: string, status: number, body: string): ServiceAnswer | null {
    const answer = parseAnswer(body);
    if (answer && (status === 200 || (status === 400 && answer.errors))) return answer;
    this.#options.log.error({ service, status }, 'a service answered with something that is no GraphQL result');
    return null;
  }
}

/** The whole list: nothing else of a client's headers ever reaches a service. */
function headersOf(token: string, { language, requestId, address }: Caller, traceparent: string | null): string {
  let lines = `authorization: ${token}\r\naccept-language: ${language}\r\nx-request-id: ${requestId}\r\n`;
  if (traceparent !== null) lines += `traceparent: ${traceparent}\r\n`;
  if (address !== null) lines += `x-client-address: ${address}\r\n`;
  return lines;
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
