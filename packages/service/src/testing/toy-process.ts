import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { TestDatabase } from '../testing-database.ts';
import { GATEWAY_ISSUER } from '../token.ts';
import type { Viewer } from '../viewer.ts';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

export interface Line {
  level: number;
  msg: string;
  [key: string]: unknown;
}

/** The toys as a process of their own, as a launcher starts it. */
export interface ToyProcess {
  child: ChildProcess;
  /** What it logged so far. */
  lines: Line[];
  /** The first line that says so, with this key beside it, however late. */
  says(message: string, key?: string): Promise<Line>;
  /** Its exit code and everything it wrote beside its log. */
  ended: Promise<{ code: number | null; signal: string | null; stderr: string; stdout: string }>;
}

export function startToys(environment: Record<string, string>, ...given: string[]): ToyProcess {
  const child = spawn(process.execPath, ['--conditions=source', '--import', here('./from-source.mjs'), here('./toy-main.ts'), ...given], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const lines: Line[] = [];
  const waiting = new Set<() => void>();
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
    const whole = stdout.split('\n').slice(0, -1);
    lines.splice(0, lines.length, ...whole.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Line));
    for (const look of waiting) look();
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<Awaited<ToyProcess['ended']>>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, stderr, stdout }));
  });
  const says = (message: string, key = 'msg'): Promise<Line> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = lines.find((line) => line.msg.includes(message) && key in line);
        if (found) resolve(found);
      };
      waiting.add(look);
      look();
      void ended.then(({ stderr }) => reject(new Error(`it ended without saying “${message}”: ${stdout}${stderr}`)));
    });
  return { child, lines, says, ended };
}

/** The gateway's end: its keys under a URL, and tokens. */
export interface ToyGateway extends AsyncDisposable {
  jwksUrl: string;
  tokenFor(viewer: Viewer): Promise<string>;
}

export async function startToyGateway(): Promise<ToyGateway> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'EdDSA' }];
  const server: Server = createServer((_, response) =>
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys })),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    tokenFor: (viewer) =>
      new SignJWT({ viewer })
        .setProtectedHeader({ alg: 'EdDSA', kid: 'one' })
        .setIssuer(GATEWAY_ISSUER)
        .setAudience('toys')
        .setExpirationTime('60s')
        .sign(privateKey),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const toyEnvironment = ({ urls, name }: TestDatabase, jwksUrl = 'http://127.0.0.1:1/'): Record<string, string> => ({
  PORT: '0',
  PROBE_PORT: '0',
  DATABASE_URL: urls.app,
  DATABASE_WORKER_URL: urls.worker,
  NATS_URL: 'nats://127.0.0.1:1', // it may come later
  NATS_PREFIX: name.replaceAll('_', '-'),
  GATEWAY_JWKS_URL: jwksUrl,
  ATENDE_ENV: 'development',
  ATENDE_DEMO: '1',
  EXIT_WITH_PARENT: '1',
});
