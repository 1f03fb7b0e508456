import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BadConfiguration } from '@atende/service';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify } from 'jose';
import type { Attachment } from './attachment.ts';
import { type FilesKey, readFilesKey } from './files-key.ts';
import { receiptOf } from './receipt.ts';

let folder: string;
let key: FilesKey;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atende-key-'));
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  await writeFile(join(folder, 'key.json'), JSON.stringify(await exportJWK(privateKey)));
  key = await readFilesKey(join(folder, 'key.json'));
});
afterAll(() => rm(folder, { recursive: true }));

const judgedAt = new Date('2026-03-02T12:00:00Z');
const expiresAt = new Date('2026-03-03T12:00:00Z');
const buildFile = (changes: Partial<Attachment> = {}): Attachment =>
  ({
    id: 'att_1',
    fileName: 'segredo.pdf',
    uploaderId: 'per_1',
    organizationIds: ['org_1'],
    formId: 'frm_1',
    forTicketId: null,
    extension: 'pdf',
    mediaType: 'application/pdf',
    archive: false,
    size: 5,
    sha256: 'ab',
    status: 'AVAILABLE',
    ticketId: null,
    judgedAt,
    expiresAt,
    ...changes,
  }) as Attachment;

it('says whose a file is, what it was checked against and what it is, to whoever has the public key; never its name', async () => {
  const receipt = String(await receiptOf(buildFile(), key, judgedAt));
  const { payload } = await jwtVerify(receipt, createLocalJWKSet(key.jwks), { currentDate: judgedAt });
  expect(payload).toEqual({
    iss: 'atende-attachments',
    aud: 'atende-receipt',
    iat: judgedAt.getTime() / 1000,
    exp: expiresAt.getTime() / 1000,
    attachmentId: 'att_1',
    personId: 'per_1',
    organizations: ['org_1'],
    formId: 'frm_1',
    ticketId: null,
    extension: 'pdf',
    mediaType: 'application/pdf',
    archive: false,
    size: 5,
    sha256: 'ab',
  });
});

it('is the same bytes however often and late it is read', async () => {
  expect(await receiptOf(buildFile(), key, new Date('2026-03-03T11:59:59Z'))).toBe(await receiptOf(buildFile(), key, judgedAt));
});

it.each([
  ['that is not judged', { status: 'QUARANTINED' as const, judgedAt: null }],
  ['that was refused', { status: 'REFUSED' as const }],
  ['that was taken away', { status: 'DELETED' as const }],
  ['that a ticket has', { ticketId: 'tkt_1' }],
  ['that nobody claimed in its day', { expiresAt: judgedAt }],
])('there is none of a file %s', async (_, changes) => {
  expect(await receiptOf(buildFile(changes), key, judgedAt)).toBeNull();
});

it.each([
  ['an absent file', 'absent.json', null],
  ['no JSON', 'text.json', 'key'],
  ['a public key', 'public.json', '{"kty":"OKP","crv":"Ed25519","x":"a"}'],
  ['a key of another kind', 'rsa.json', '{"kty":"RSA"}'],
])('a key file that is %s is bad configuration that says what is expected', async (_, name, content) => {
  if (content) await writeFile(join(folder, name), content);
  await expect(readFilesKey(join(folder, name))).rejects.toThrow(BadConfiguration);
  await expect(readFilesKey(join(folder, name))).rejects.toThrow(/FILES_KEY_FILE .*Ed25519 private key/);
});

it('publishes no private half', () => {
  expect(Object.keys(key.jwks.keys[0] ?? {}).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
});
