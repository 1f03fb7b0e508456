import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader, importJWK, SignJWT } from 'jose';
import { clientKey } from '../journeys/filling.ts';
import type { Who } from './access.ts';
import type { Matrix } from './matrix.ts';
import { absentLike } from './world.ts';

/** Upload and download addresses in other hands: what they answer is what an address answers that never was. */
export function files(the: () => Matrix): void {
  const ask = async (path: string, who: Who, init: RequestInit = {}): Promise<string> => {
    const { place, as } = the();
    const authorization: Record<string, string> = who === 'nobody' ? {} : { authorization: `Bearer ${as[who].accessToken}` };
    const response = await fetch(new URL(path, place.url), { ...init, headers: { ...authorization, ...init.headers } });
    the().counts.cases += 1;
    return `${response.status} ${(await response.text()).replace(/"requestId":"[^"]*"/, '')}`;
  };

  it('gives a file to nobody by a link that is another person’s, another file’s, expired or tampered with', async () => {
    const { as, things, place } = the();
    const id = things.find(({ name }) => name === 'file OUVIDORIA')?.id ?? '';
    const { attachment } = await as.bruno.get('query ($id: ID!) { attachment(id: $id) { downloadUrl } }', { id });
    const url = new URL(attachment.downloadUrl);
    const token = url.searchParams.get('token') ?? '';
    const absent = await ask(`/files/${absentLike(id)}?token=${token}`, 'nobody');
    const other = things.find(({ name }) => name === 'file GISELE')?.id ?? '';
    const at = (file: string, grant: string): string => `/files/${file}?token=${grant}`;
    const granted = (claims: object): Promise<string> => signedLike(place.dataDir, token, claims);
    const refused: [string, Promise<string>][] = [
      ...(['ana', 'bia', 'elisa', 'otavio', 'gisele', 'rita', 'iris'] as const).map((who): [string, Promise<string>] => [
        `${who} with Bruno's link`,
        ask(at(id, token), who),
      ]),
      ['another file by this link', ask(at(other, token), 'nobody')],
      ['no token', ask(`/files/${id}`, 'bruno')],
      ['another signature', ask(at(id, `${token.slice(0, -6)}AAAAAA`), 'nobody')],
      ['no signature', ask(at(id, unsigned(token)), 'nobody')],
      ['expired', ask(at(id, await granted({ exp: 1 })), 'nobody')],
      ['a receipt in place of a link', ask(at(id, await granted({ aud: 'atende-receipt' })), 'nobody')],
      ['Gisele beside a link in her name', ask(at(id, await granted({ personId: decodeJwt(as.gisele.accessToken).sub })), 'gisele')],
    ];
    for (const [how, answer] of refused) expect([how, await answer]).toEqual([how, absent]);
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH'])
      expect([method, (await ask(at(id, token), 'nobody', { method })).startsWith('2')]).toEqual([method, false]);
    expect(await ask(at(id, token), 'bruno')).toBe('200 OUVIDORIA');
  });

  it('takes nothing into another person’s upload, and tells nobody how far it is', async () => {
    const { as } = the();
    const input = { clientKey: clientKey(), fileName: 'meio.txt', contentType: 'text/plain', size: 10 };
    const { createUpload } = await as.bruno.get(
      'mutation ($input: CreateUploadInput!) { createUpload(input: $input) { uploadUrl attachment { id } } }',
      { input },
    );
    const own = new URL(createUpload.uploadUrl).pathname;
    const absent = own.replace(createUpload.attachment.id, absentLike(createUpload.attachment.id));
    const tus = { 'tus-resumable': '1.0.0' };
    const patch = {
      method: 'PATCH',
      body: 'alheio',
      headers: { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
    };
    for (const who of ['ana', 'bia', 'davi', 'gisele', 'carla', 'elisa', 'rita', 'iris', 'nobody'] as const) {
      for (const init of [
        { method: 'HEAD', headers: tus },
        patch,
        { method: 'DELETE', headers: tus },
        { method: 'GET' },
        { method: 'POST', headers: tus },
      ])
        expect([who, init.method, await ask(own, who, init)]).toEqual([who, init.method, await ask(absent, who, init)]);
    }
    const head = await fetch(createUpload.uploadUrl, {
      method: 'HEAD',
      headers: { ...tus, authorization: `Bearer ${as.bruno.accessToken}` },
    });
    expect(head.headers.get('upload-offset')).toBe('0');
  });
}

/** The token with other claims, under the service's own signature. */
async function signedLike(dataDir: string, token: string, claims: object): Promise<string> {
  const jwk = JSON.parse(readFileSync(join(dataDir, 'secrets', 'attachments-files.jwk'), 'utf8'));
  const { kid } = decodeProtectedHeader(token);
  return new SignJWT({ ...decodeJwt(token), ...claims }).setProtectedHeader({ alg: 'EdDSA', kid }).sign(await importJWK(jwk, 'EdDSA'));
}

const unsigned = (token: string): string => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${token.split('.')[1]}.`;
