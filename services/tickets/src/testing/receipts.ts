import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { demoId } from '@atende/service';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

export interface Receipts extends AsyncDisposable {
  /** Where the public keys are served, as the attachments service would. */
  jwksUrl: string;
  /** While true, nobody is there. */
  away: boolean;
  /** A receipt for a file; everything may be overridden. `at`: when it was judged. */
  sign(changes: JWTPayload, at: Date): Promise<string>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The attachments service as far as receipts go: its key, and its public half over HTTP. */
export async function startReceipts(): Promise<Receipts> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'files', alg: 'EdDSA', use: 'sig' };
  const server = createServer((_, response) => {
    if (receipts.away) response.destroy();
    else response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const usual = {
    iss: 'atende-attachments',
    aud: 'atende-receipt',
    attachmentId: demoId('att', 'file'),
    organizations: [],
    formId: null,
    ticketId: null,
    extension: 'txt',
    size: 5,
  };
  const receipts: Receipts = {
    away: false,
    jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`,
    sign: (changes, at) => {
      const iat = Math.floor(at.getTime() / 1_000);
      return new SignJWT({ ...usual, iat, exp: iat + 86_400, ...changes })
        .setProtectedHeader({ alg: 'EdDSA', kid: 'files' })
        .sign(privateKey);
    },
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receipts;
}
