import { z } from 'zod';

/** A text shown to people, Portuguese first. A form or a catalogue entry is not complete without all three. */
export const localizedSchema = z.strictObject({
  'pt-BR': z.string().trim().min(1),
  en: z.string().trim().min(1),
  es: z.string().trim().min(1),
});

export type Localized = z.infer<typeof localizedSchema>;
export type Language = keyof Localized;

export const languages: readonly Language[] = ['pt-BR', 'en', 'es'];

/** Keeps seed data to one line per text. */
export const text = (pt: string, en: string, es: string): Localized => ({ 'pt-BR': pt, en, es });

/** The same words in every language: names of products, codes, file types. */
export const sameText = (words: string): Localized => text(words, words, words);

export const mapText = (source: Localized, change: (words: string, language: Language) => string): Localized => ({
  'pt-BR': change(source['pt-BR'], 'pt-BR'),
  en: change(source.en, 'en'),
  es: change(source.es, 'es'),
});

const placeholder = /\{(\w+)\}/g;

/** Keys named as `{key}` in any of the languages. */
export const placeholdersOf = (source: Localized): string[] => [
  ...new Set(languages.flatMap((language) => Array.from(source[language].matchAll(placeholder), (match) => match[1] ?? ''))),
];

/** Puts chosen values in place of `{key}`; what is not known yet becomes an ellipsis. */
export const fillText = (source: Localized, wordsOf: (key: string) => Localized | undefined): Localized =>
  languages.every((language) => !source[language].includes('{'))
    ? source
    : mapText(source, (words, language) => words.replace(placeholder, (_, key: string) => wordsOf(key)?.[language] ?? '…'));
