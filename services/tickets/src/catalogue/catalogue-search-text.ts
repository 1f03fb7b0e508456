import type { ResolvedEntry } from './catalogue.ts';
import { beginnings } from './catalogue-search.ts';

/** The words of a sorted list as one text, and where those of each entry begin. */
interface ListText {
  text: string;
  starts: Int32Array;
}

const texts = new WeakMap<readonly ResolvedEntry[], ListText>();

function textOf(sorted: readonly ResolvedEntry[]): ListText {
  let known = texts.get(sorted);
  if (!known) {
    const starts = new Int32Array(sorted.length + 1);
    for (const [at, { index }] of sorted.entries()) starts[at + 1] = (starts[at] ?? 0) + index.words.length;
    known = { text: sorted.map(({ index }) => index.words).join(''), starts };
    texts.set(sorted, known);
  }
  return known;
}

/** The entries from `from` on of which some word begins with each word of the search. A long list is looked through as one text. */
export function* foundIn(sorted: readonly ResolvedEntry[], search: string, from: number): Generator<ResolvedEntry> {
  const [longest, ...others] = beginnings(search);
  if (longest === undefined) return yield* sorted.slice(from);
  const { text, starts } = textOf(sorted);
  for (let at = from; at < sorted.length; at++) {
    const place = text.indexOf(longest, starts[at]);
    if (place < 0) return;
    at = holderOf(place, starts);
    const entry = sorted[at];
    if (entry && others.every((other) => entry.index.words.includes(other))) yield entry;
  }
}

/** The entry whose words hold this place, by halving. */
function holderOf(place: number, starts: Int32Array): number {
  let [low, high] = [0, starts.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= place) low = middle;
    else high = middle;
  }
  return low;
}
