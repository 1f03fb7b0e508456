export const languages = ['pt-BR', 'en', 'es'] as const;
export type Language = (typeof languages)[number];

/** One text per language that people read. */
export type Texts = Record<Language, string>;

/**
 * The language to answer in: the best entry of an `Accept-Language` header that we speak, else `fallback`.
 * A primary tag is enough (`pt`, `es-AR`); malformed headers are ignored.
 */
export function negotiateLanguage(header: string | undefined, fallback: Language = 'pt-BR'): Language {
  const wanted = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.trim().split(';');
      const quality = parameters.map((p) => /^\s*q=([\d.]+)\s*$/.exec(p)?.[1]).find(Boolean);
      return { primary: tag.trim().split('-')[0]?.toLowerCase() ?? '', quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter((entry) => entry.quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { primary } of wanted) {
    const found = languages.find((language) => language.slice(0, 2) === primary);
    if (found) return found;
  }
  return fallback;
}
