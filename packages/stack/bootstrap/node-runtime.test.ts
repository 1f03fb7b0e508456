import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { ensureNode, isNewEnough, verify } from './node-runtime.mjs';

test.each([
  ['20.20.2', false],
  ['22.17.9', false],
  ['22.18.0', true],
  ['23.0.0', true],
  ['24.21.0', true],
])('Node %s is new enough: %p', (version, answer) => {
  expect(isNewEnough(version)).toBe(answer);
});

test('a Node that is new enough is used as it is', async () => {
  expect(await ensureNode('/nowhere')).toBe(process.execPath);
});

test('an archive that is not the pinned one is refused', () => {
  const archive = Buffer.from('the real one');
  const pinned = `sha512-${createHash('sha512').update(archive).digest('base64')}`;
  expect(() => verify(archive, pinned, 'node')).not.toThrow();
  expect(() => verify(Buffer.from('another one'), pinned, 'node')).toThrow('node is not the file that was pinned');
});
