import { ErrorCode, type Fault, isLine } from '@atende/service';
import { codeSchema, environmentKinds, levelSchema } from './catalogue.ts';

/** A text as GraphQL and JSON files name its languages; '' where somebody says that there is none. */
export type SaidTexts = Partial<Record<'ptBR' | 'en' | 'es', string>>;

/** What somebody says of an entry, by a line of a file or by a mutation. What is absent stays as it is. */
export interface SaidEntry {
  /** Path of the entry above it; null: none. */
  parent: string | null;
  level: string;
  code: string;
  labels?: SaidTexts;
  help?: SaidTexts | null;
  aliases?: string[];
  serviceGroup?: string | null;
  kind?: string | null;
  position?: number;
  retired?: boolean;
  /** Path of the entry that is to be chosen instead of a retired one. */
  replacedBy?: string | null;
  /** Only when the entry still has this version. */
  version?: number;
}

const MAX_LABEL = 200;
const MAX_HELP = 1_000;
const MAX_ALIAS = 100;
const MAX_ALIASES = 30;
const MAX_POSITION = 1_000_000;

/** Everything that is wrong with what is said, whatever the catalogue holds. */
export function saidFaults(said: SaidEntry): Fault[] {
  const { labels = {}, help, aliases = [], serviceGroup, kind, position = 0, level, code } = said;
  const wrong = (isWrong: boolean, field: string): Fault[] => (isWrong ? [{ code: ErrorCode.BAD_USER_INPUT, field: [field] }] : []);
  const isGroup = typeof serviceGroup === 'string' && serviceGroup !== '';
  return [
    ...(level === '' ? [{ code: ErrorCode.REQUIRED, field: ['level'] }] : wrong(!levelSchema.safeParse(level).success, 'level')),
    ...(code === '' ? [{ code: ErrorCode.REQUIRED, field: ['code'] }] : wrong(!codeSchema.safeParse(code).success, 'code')),
    ...textFaults(labels, 'labels', MAX_LABEL, isLine),
    ...textFaults(help ?? {}, 'help', MAX_HELP, isParagraph),
    ...(aliases.length > MAX_ALIASES ? [{ code: ErrorCode.TOO_MANY, field: ['aliases'], params: { max: MAX_ALIASES } }] : []),
    ...wrong(!aliases.every((alias) => isLine(alias, MAX_ALIAS)), 'aliases'),
    ...wrong(isGroup && !codeSchema.safeParse(serviceGroup).success, 'serviceGroup'),
    ...wrong(!Number.isInteger(position) || position < 0 || position > MAX_POSITION, 'position'),
    ...(kind && !(environmentKinds as readonly string[]).includes(kind) ? [{ code: ErrorCode.NOT_AN_OPTION, field: ['kind'] }] : []),
  ];
}

function textFaults(texts: SaidTexts, field: string, max: number, is: (text: string, max: number) => boolean): Fault[] {
  return Object.entries(texts).flatMap(([language, text]): Fault[] => {
    if (text.trim() === '' || is(text, max)) return [];
    const path = [field, language];
    return text.length > max
      ? [{ code: ErrorCode.TOO_LONG, field: path, params: { max, length: text.length } }]
      : [{ code: ErrorCode.BAD_USER_INPUT, field: path }];
  });
}

/** Lines of text. */
const isParagraph = (text: string, max: number): boolean =>
  text.length <= max && text.split('\n').every((line) => line.trim() === '' || isLine(line, max));
