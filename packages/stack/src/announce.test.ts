import { expect, test } from '@jest/globals';
import { announcement } from './announce.ts';

const stack = { url: 'http://127.0.0.1:4001', dataDir: '/data', natsUrl: 'nats://operator:secret@127.0.0.1:14222' };

test('the block tells the address and every demo account with the password', () => {
  const block = announcement(stack, { demo: true, seconds: 4.26 });
  expect(block).toContain('ready (4.3 s)');
  expect(block).toContain('http://127.0.0.1:4001/graphql');
  expect(block).toContain('atende-demo-2026');
  expect(block.match(/@\w+\.example/g)).toHaveLength(9);
});

test('without demo data it tells how to begin instead', () => {
  const block = announcement(stack, { demo: false, seconds: 1 });
  expect(block).not.toContain('atende-demo-2026');
  expect(block).toContain('npm run service -- identity first-administrator');
});
