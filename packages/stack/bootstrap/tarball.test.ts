import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { fileFromTarball } from './tarball.mjs';

const folder = mkdtempSync(join(tmpdir(), 'tarball-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function archive(files: Record<string, string>): Buffer {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  execFileSync('tar', ['-czf', 'archive.tgz', ...Object.keys(files)], { cwd: folder });
  return readFileSync(join(folder, 'archive.tgz'));
}

test('one file comes out of an archive as it went in', () => {
  const content = 'x'.repeat(1_000_003);
  const tgz = archive({ 'package/package.json': '{}', 'package/bin/node': content, 'package/README.md': 'text' });
  expect(fileFromTarball(tgz, (path: string) => path === 'package/bin/node').toString()).toBe(content);
});

test('an archive without the file gives nothing', () => {
  expect(fileFromTarball(archive({ 'package/package.json': '{}' }), () => false)).toBeUndefined();
});
