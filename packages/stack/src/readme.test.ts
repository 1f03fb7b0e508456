import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { repositoryRoot } from './repository.ts';

const files = globSync(
  ['README.md', '{packages,services}/*/README.md', '{gateway,bench,examples,web}/README.md', 'docs/{guides,decisions}/*.md'],
  {
    cwd: repositoryRoot,
  },
);

it.each(files)('%s names files that are there', (file) => {
  const text = readFileSync(join(repositoryRoot, file), 'utf8');
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)\s]+)\)/g)].map(([, path]) => join(repositoryRoot, file, '..', path ?? ''));
  expect(links.filter((path) => !existsSync(path.replace(/#.*$/, '')))).toEqual([]);
  if (file === 'README.md') expect(links.length).toBeGreaterThan(10);
});
