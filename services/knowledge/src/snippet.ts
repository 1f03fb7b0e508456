// Characters that no article holds (article-content.ts) mark hits on their way out of the database.
const BEGIN = '\ue000';
const END = '\ue001';

/** Options of `ts_headline`: some words around each of the first hits. */
export const headlineOptions = (fragments: number): string =>
  `StartSel="${BEGIN}", StopSel="${END}", MaxFragments=${fragments}, MaxWords=26, MinWords=10, ShortWord=2, FragmentDelimiter=" … "`;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Marked text as HTML: everything is text, but the hits stand in `<mark>`. */
export const snippetOf = (marked: string): string =>
  marked
    .replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '')
    .replaceAll(BEGIN, '<mark>')
    .replaceAll(END, '</mark>')
    .replaceAll(/\s+/g, ' ')
    .trim();
