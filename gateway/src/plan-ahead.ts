import type { Supergraph } from './supergraph.ts';

const MOST = 500; // documents; the rest is planned when it is asked for

/**
 * Plans stored documents before anybody asks for them, one after the other: whoever asks for something else meanwhile waits for one plan
 * at most. Ends early when `isCurrent` says no.
 */
export async function planAhead(supergraph: Supergraph, texts: readonly string[], isCurrent: () => boolean): Promise<number> {
  let planned = 0;
  for (const text of texts.slice(0, MOST)) {
    const document = supergraph.document(text);
    if (!('operations' in document)) continue;
    for (const operation of document.operations) {
      if (!isCurrent()) return planned;
      // What is refused is refused again when it is asked for.
      await Promise.resolve(supergraph.plan(operation, {})).then(
        () => (planned += 1),
        () => undefined,
      );
    }
  }
  return planned;
}
