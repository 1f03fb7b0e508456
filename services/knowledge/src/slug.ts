import { withoutAccents } from './asked-words.ts';

const LONGEST = 80; // characters of the title's part

/** The article's name in addresses: `emissao-de-nf-e-7k2m9x`. It keeps its first one whatever the title becomes. */
export function slugOf(title: string, id: string): string {
  const words = withoutAccents(title)
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replaceAll(/^-+|-+$/g, '');
  return [words, id.slice(-6)].filter(Boolean).join('-');
}
