import { createHash } from 'node:crypto';
import type { ARTICLE_AUDIENCES, ARTICLE_KINDS } from '@atende/events';
import { canonicalJson, ErrorCode, type Fault, isId, type Language, languages, Refused } from '@atende/service';

export type ArticleKind = (typeof ARTICLE_KINDS)[number];
export type ArticleAudience = (typeof ARTICLE_AUDIENCES)[number];

/** What an edition of an article is made of. */
export interface ArticleContent {
  kind: ArticleKind;
  language: Language;
  audience: ArticleAudience;
  title: string;
  summary: string;
  /** Markdown. */
  body: string;
  labels: string[];
  /** Options of the catalogue: products and modules it is about. */
  productIds: string[];
  moduleIds: string[];
}

/** What a person typed; what is absent is empty. */
export type ContentInput = Omit<ArticleContent, 'language' | 'summary' | 'labels' | 'productIds' | 'moduleIds'> & {
  language: string;
  summary?: string | null;
  labels?: string[] | null;
  productIds?: string[] | null;
  moduleIds?: string[] | null;
};

const LONGEST = { title: 200, summary: 500, body: 50_000, label: 60 } as const; // characters
const MOST = { labels: 20, options: 50 } as const;

// Private-use characters mark a snippet's hits on their way out of the database: a text may not bring its own.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are exactly what a text must not contain
const UNWANTED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ue000-\uf8ff\u202a-\u202e\u2066-\u2069]/g;
const asText = (typed: string): string => typed.toWellFormed().normalize('NFC').replaceAll(/\r\n?/g, '\n').replaceAll(UNWANTED, '').trim();
const asLine = (typed: string): string => asText(typed).replaceAll(/\s+/g, ' ');

/** The content of what was typed, tidied. Throws Refused with everything that is wrong with it. */
export function readContent(input: ContentInput): ArticleContent {
  const content = {
    ...{ kind: input.kind, language: input.language as Language, audience: input.audience },
    title: asLine(input.title),
    summary: asLine(input.summary ?? ''),
    body: asText(input.body),
    labels: distinct((input.labels ?? []).map((label) => asLine(label).toLowerCase())),
    productIds: distinct(input.productIds ?? []),
    moduleIds: distinct(input.moduleIds ?? []),
  };
  const faults = [...textFaults(content), ...listFaults(content)];
  if (faults.length > 0) throw new Refused(...faults);
  return content;
}

const distinct = (values: string[]): string[] => [...new Set(values)].filter((value) => value !== '');
const at = (...path: (string | number)[]): string[] => ['input', ...path.map(String)];

function textFaults({ title, summary, body, language }: ArticleContent): Fault[] {
  const faults: Fault[] = [];
  if (title === '') faults.push({ code: ErrorCode.REQUIRED, field: at('title') });
  for (const [name, text] of Object.entries({ title, summary, body }))
    faults.push(...tooLong(text, LONGEST[name as keyof typeof LONGEST], at(name)));
  if (!(languages as readonly string[]).includes(language)) faults.push({ code: ErrorCode.NOT_AN_OPTION, field: at('language') });
  return faults;
}

function listFaults({ labels, productIds, moduleIds }: ArticleContent): Fault[] {
  const faults = labels.flatMap((label, index) => tooLong(label, LONGEST.label, at('labels', index)));
  if (labels.length > MOST.labels) faults.push({ code: ErrorCode.TOO_MANY, field: at('labels'), params: { max: MOST.labels } });
  for (const [name, ids] of Object.entries({ productIds, moduleIds })) {
    if (ids.length > MOST.options) faults.push({ code: ErrorCode.TOO_MANY, field: at(name), params: { max: MOST.options } });
    faults.push(...ids.flatMap((id, index) => (isId('opt', id) ? [] : [{ code: ErrorCode.NOT_AN_OPTION, field: at(name, index) }])));
  }
  return faults;
}

const tooLong = (text: string, max: number, field: string[]): Fault[] =>
  text.length > max ? [{ code: ErrorCode.TOO_LONG, field, params: { max, length: text.length } }] : [];

/** SHA-256 of all that readers read: proves what an edition said without saying it. */
export const digestOf = ({ title, summary, body, labels }: ArticleContent): string =>
  createHash('sha256').update(canonicalJson({ title, summary, body, labels })).digest('hex');
