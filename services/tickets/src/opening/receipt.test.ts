import { demoId } from '@atende/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Receipts, startReceipts } from '../testing/receipts.ts';
import { type Claimant, filesOf, makeVerifyReceipt } from './receipt.ts';

const NOW = new Date('2026-03-02T12:00:00Z');
const bruno = demoId('per', 'bruno@acme.example');
const acme = demoId('org', 'ACME01');
const ticket = demoId('tkt', 'one');
const claimant: Claimant = { personId: bruno, organizationId: acme, ticketId: null };

let receipts: Receipts;
beforeAll(async () => {
  receipts = await startReceipts();
});
afterAll(() => receipts[Symbol.asyncDispose]());

const own = { personId: bruno, organizations: [acme] };
const check = async (list: string[], who: Partial<Claimant> = {}, now = NOW) =>
  filesOf(makeVerifyReceipt(new URL(receipts.jwksUrl)), list, { ...claimant, ...who }, now);
const codes = async (...asked: Parameters<typeof check>) =>
  (await check(...asked)).faults.map(({ code, field }) => `${code} ${field?.join('.')}`);

describe('a receipt', () => {
  it('gives the facts of its file', async () => {
    const receipt = await receipts.sign(own, NOW);
    expect(await check([receipt])).toEqual({ files: [{ id: demoId('att', 'file'), place: 0, extension: 'txt', bytes: 5 }], faults: [] });
  });

  it('counts once, however often it is given', async () => {
    const receipt = await receipts.sign(own, NOW);
    expect((await check([receipt, receipt])).files).toHaveLength(1);
  });

  it('is its uploader’s only', async () => {
    expect(await codes([await receipts.sign({ ...own, personId: demoId('per', 'ana@acme.example') }, NOW)])).toEqual([
      'RECEIPT_INVALID attachmentIds.0',
    ]);
  });

  it('is for the organizations that the uploader spoke for; staff speak for none', async () => {
    const foreign = await receipts.sign({ ...own, organizations: [demoId('org', 'GLBX01')] }, NOW);
    expect(await codes([foreign])).toEqual(['RECEIPT_INVALID attachmentIds.0']);
    expect(await codes([await receipts.sign({ ...own, organizations: [] }, NOW)])).toEqual([]);
  });

  it('for one ticket is for no other, and for none that is being opened', async () => {
    const bound = await receipts.sign({ ...own, ticketId: ticket }, NOW);
    expect(await codes([bound], { ticketId: ticket })).toEqual([]);
    for (const ticketId of [demoId('tkt', 'other'), null])
      expect(await codes([bound], { ticketId })).toEqual(['RECEIPT_INVALID attachmentIds.0']);
    expect(await codes([await receipts.sign(own, NOW)], { ticketId: ticket })).toEqual([]);
  });

  it('expires, by the clock of the request', async () => {
    const receipt = await receipts.sign(own, NOW);
    const inHours = (hours: number): Date => new Date(NOW.getTime() + hours * 3_600_000);
    expect(await codes([receipt], {}, inHours(23))).toEqual([]);
    expect(await codes([receipt], {}, inHours(24))).toEqual(['RECEIPT_INVALID attachmentIds.0']);
  });

  it.each([
    ['of another issuer', { iss: 'somebody' }],
    ['for another purpose', { aud: 'atende-download' }],
    ['that lacks a claim', { size: undefined }],
    ['without an end', { exp: undefined }],
  ])('%s is none', async (_, changes) => {
    expect(await codes([await receipts.sign({ ...own, ...changes }, NOW)])).toEqual(['RECEIPT_INVALID attachmentIds.0']);
  });

  it('that is forged or broken is a fault at its own place, beside good ones', async () => {
    await using strangers = await startReceipts();
    const good = await receipts.sign(own, NOW);
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${good.split('.')[1]}.`;
    const { files, faults } = await check(['x', good, await strangers.sign(own, NOW), `${good}x`, unsigned]);
    expect(files).toHaveLength(1);
    expect(faults.map(({ field }) => field?.[1])).toEqual(['0', '2', '3', '4']);
  });

  it('cannot be told from a forged one without the keys: then the answer is to try again', async () => {
    const verify = makeVerifyReceipt(new URL('http://127.0.0.1:1/jwks.json'));
    await expect(filesOf(verify, [await receipts.sign(own, NOW)], claimant, NOW)).rejects.toMatchObject({
      extensions: { code: 'DEPENDENCY_UNAVAILABLE' },
    });
  });

  it('comes in numbers that are checked before any of them', async () => {
    expect(await codes(Array.from({ length: 101 }, () => 'x'))).toEqual(['TOO_MANY attachmentIds']);
  });
});
