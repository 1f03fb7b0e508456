import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** Liveness, readiness and metrics, on a port of their own. */
export interface Probes {
  registry: Registry;
  port: number;
  setReady(ready: boolean): void;
  /** A further public document, e.g. a key set. */
  publish(path: string, json: () => unknown): void;
  close(): Promise<void>;
}

export async function startProbes(host: string, port: number): Promise<Probes> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  let ready = false;
  new Gauge({
    registers: [registry],
    name: 'atende_ready',
    help: 'Whether this process takes requests: what /readyz says',
    collect() {
      this.set(ready ? 1 : 0);
    },
  });
  const documents = new Map<string, () => unknown>();
  const answer = async ({ url = '' }: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = url.split('?')[0] ?? '';
    const document = documents.get(path);
    if (path === '/livez') response.end('live\n');
    else if (path === '/readyz') response.writeHead(ready ? 200 : 503).end(ready ? 'ready\n' : 'not ready\n');
    else if (path === '/metrics') response.setHeader('content-type', registry.contentType).end(await registry.metrics());
    else if (document) response.setHeader('content-type', 'application/json').end(JSON.stringify(document()));
    else response.writeHead(404).end();
  };
  // A gauge or a document that fails is a failed request, not the end of the process.
  const server = await listen(
    createServer((request, response) => void answer(request, response).catch(() => response.writeHead(500).end())),
    host,
    port,
  );
  return {
    registry,
    port: (server.address() as AddressInfo).port,
    setReady: (value) => {
      ready = value;
    },
    publish: (path, json) => documents.set(path, json),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const listen = (server: Server, host: string, port: number): Promise<Server> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
