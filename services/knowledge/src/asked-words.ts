/** One word of a search with its other forms, without accents: any of them will do. */
export type AskedWord = string[];

const LONGEST_TEXT = 400; // characters that are looked at
const LONGEST_WORD = 40; // characters
const MOST_WORDS = 12;
const SHORTEST_BEGINNING = 3; // letters: fewer begin half of all words

// Stop words that their dictionaries know by their accents only, as people type them.
const EMPTY = new Set('nao sao ate ja so ha tambem voce voces sera estao porem apos mas si tu mi el como cual donde'.split(' '));

/**
 * What a text asks for: its distinct words in their order, accents and case gone. Letters and digits only, so that nothing in them is
 * an operator. `typing`: the last word may go on, unless something stands behind it.
 */
export function askedWords(text: string, { typing = false } = {}): AskedWord[] {
  const bare = withoutAccents(text.slice(0, LONGEST_TEXT));
  const words = bare.split(/[^\p{L}\p{N}]+/u).map((word) => word.slice(0, LONGEST_WORD));
  const unfinished = typing ? words.at(-1) : undefined;
  return [...new Set(words)]
    .filter(isTelling)
    .slice(0, MOST_WORDS)
    .flatMap((word) => (word === unfinished ? begunWith(word) : [formsOf(word)]));
}

const begunWith = (word: string): AskedWord[] => (word.length < SHORTEST_BEGINNING ? [] : [[...formsOf(word), `${word}:*`]]);

export const withoutAccents = (text: string): string => text.toWellFormed().normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

const isTelling = (word: string): boolean => (word.length > 1 || /\p{N}/u.test(word)) && !EMPTY.has(word);

// Portuguese plurals that the stemmer, which sees no accents here, does not bring back to their singular.
const PLURALS: readonly (readonly [RegExp, string])[] = [
  [/ao$/, 'oes'],
  [/al$/, 'ais'],
  [/el$/, 'eis'],
  [/m$/, 'ns'],
  [/([^s])$/, '$1s'],
];
const SINGULARS: readonly (readonly [RegExp, string])[] = [
  [/[oa]es$/, 'ao'],
  [/ais$/, 'al'],
  [/eis$/, 'el'],
  [/ns$/, 'm'],
  [/s$/, ''],
];

/** The word, its singular and its plural, each where it differs. */
function formsOf(word: string): string[] {
  if (word.length < 4 || /\p{N}/u.test(word)) return [word];
  const first = (rules: readonly (readonly [RegExp, string])[]): string[] => {
    const rule = rules.find(([pattern]) => pattern.test(word));
    return rule ? [word.replace(rule[0], rule[1])] : [];
  };
  return [...new Set([word, ...first(SINGULARS), ...first(PLURALS)])];
}
