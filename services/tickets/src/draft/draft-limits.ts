import { ErrorCode, type Fault, type Language, type Texts } from '@atende/service';
import type { DraftContent } from './ticket-draft.ts';

export const MOST_DRAFTS = 50; // of one person
const MOST_ANSWERS = 200; // as opening takes
const MOST_BYTES = 262_144; // of one draft, as JSON: what the gateway lets through
const MOST_ADDRESSES = 100;
const MOST_FILES = 100;

/** A draft is refused for its size and for nothing else. */
export function sizeFaults(content: DraftContent): Fault[] {
  const { answers, context } = content;
  const tooMany = (field: string[], length: number, max: number): Fault[] =>
    length > max ? [{ code: ErrorCode.TOO_MANY, field: ['input', ...field], params: { max, length } }] : [];
  const length = Buffer.byteLength(JSON.stringify(content));
  return [
    ...tooMany(['answers'], answers.length, MOST_ANSWERS),
    ...tooMany(['context', 'watchers'], context.watchers?.length ?? 0, MOST_ADDRESSES),
    ...tooMany(['context', 'attachmentIds'], context.attachmentIds?.length ?? 0, MOST_FILES),
    ...(length > MOST_BYTES ? [{ code: ErrorCode.TOO_LONG, field: ['input'], params: { max: MOST_BYTES, length } }] : []),
  ];
}

const full: Texts = {
  'pt-BR': `Você já tem ${MOST_DRAFTS} rascunhos: abra ou descarte um deles.`,
  en: `You have ${MOST_DRAFTS} drafts already: open or discard one of them.`,
  es: `Ya tiene ${MOST_DRAFTS} borradores: abra o descarte uno de ellos.`,
};
export const tooManyDrafts = (language: Language): Fault => ({ code: ErrorCode.TOO_MANY, field: ['input'], message: full[language] });
