import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BadConfiguration } from '@atende/service';
import { describe, expect, it } from '@jest/globals';
import { makeSealer, sealerFrom } from './sealing.ts';

const sealer = makeSealer(randomBytes(32));

describe('what is sealed', () => {
  it('opens for whom it was sealed, and never looks the same', () => {
    const [one, other] = [sealer.seal('segredo', 'per_1'), sealer.seal('segredo', 'per_1')];
    expect([sealer.open(one, 'per_1'), sealer.open(other, 'per_1'), one === other]).toEqual(['segredo', 'segredo', false]);
    expect(Buffer.from(one, 'base64url').toString('latin1')).not.toContain('segredo');
  });

  it('does not open for another person, by another key, changed or cut', () => {
    const sealed = sealer.seal('segredo', 'per_1');
    const changed = sealed.replace(/.(?=.{5}$)/, (letter) => (letter === 'A' ? 'B' : 'A'));
    expect(() => sealer.open(sealed, 'per_2')).toThrow();
    expect(() => makeSealer(randomBytes(32)).open(sealed, 'per_1')).toThrow();
    for (const text of [changed, sealed.slice(0, 20), '']) expect(() => sealer.open(text, 'per_1')).toThrow();
  });

  it.each([
    ['missing', null],
    ['not JSON', '{'],
    ['a public key', '{"kty":"OKP","crv":"Ed25519","x":"AA"}'],
    ['too short', '{"kty":"OKP","crv":"Ed25519","x":"AA","d":"AAAA"}'],
  ])('needs its key: a file that is %s is a fault of the configuration', async (_, content) => {
    const folder = await mkdtemp(join(tmpdir(), 'sealing-key-'));
    const file = join(folder, 'key.json');
    if (content !== null) await writeFile(file, content);
    await expect(sealerFrom(file)).rejects.toThrow(BadConfiguration);
    await rm(folder, { recursive: true });
  });
});
