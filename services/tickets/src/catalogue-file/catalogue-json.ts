import { ErrorCode, type Fault, Refused } from '@atende/service';
import { z } from 'zod';
import type { CatalogueEntry } from '../catalogue/catalogue.ts';
import { inTurns, type SaidLine } from '../catalogue/catalogue-plan.ts';
import type { SaidEntry } from '../catalogue/catalogue-said.ts';
import type { Localized } from '../form/form-text.ts';
import { MAX_LENGTH, MOST_LINES } from './catalogue-csv.ts';

const texts = z.strictObject({ ptBR: z.string().optional(), en: z.string().optional(), es: z.string().optional() });
const count = z.int().min(0).max(999_999_999);

/** One entry of a file; what is absent stays as it is, null says that there is none. */
const entrySchema = z.strictObject({
  parent: z.string().nullish(),
  level: z.string(),
  code: z.string(),
  labels: texts.optional(),
  help: texts.nullable().optional(),
  aliases: z.array(z.string()).optional(),
  serviceGroup: z.string().nullable().optional(),
  kind: z.string().nullable().optional(),
  position: count.optional(),
  retired: z.boolean().optional(),
  replacedBy: z.string().nullable().optional(),
  version: count.optional(),
});

/** Reads a list of entries; their lines are counted from 1. */
export async function linesOfJson(json: string, field: string[]): Promise<SaidLine[]> {
  const refused = (fault: Omit<Fault, 'field'>): Refused => new Refused({ ...fault, field });
  if (json.length > MAX_LENGTH) throw refused({ code: ErrorCode.TOO_LONG, params: { max: MAX_LENGTH, length: json.length } });
  if (json.trim() === '') throw refused({ code: ErrorCode.REQUIRED });
  const entries = parsed(json);
  if (!Array.isArray(entries)) throw refused({ code: ErrorCode.NOT_JSON });
  if (entries.length > MOST_LINES) throw refused({ code: ErrorCode.TOO_MANY, params: { max: MOST_LINES } });
  return inTurns(entries, (entry: unknown, index) => lineOf(entry, index + 1));
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json.replace(/^\ufeff/, '').toWellFormed());
  } catch {
    return undefined;
  }
}

function lineOf(entry: unknown, line: number): SaidLine {
  const read = entrySchema.safeParse(entry);
  if (!read.success) return { line, said: null, faults: read.error.issues.flatMap((issue) => faultsOf(issue, entry)) };
  const { parent = null, ...said } = read.data;
  return { line, said: { ...said, parent: parent || null, code: said.code.trim(), level: said.level.trim() } as SaidEntry, faults: [] };
}

function faultsOf(issue: z.core.$ZodIssue, entry: unknown): Fault[] {
  const field = issue.path.map(String);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      code: ErrorCode.UNKNOWN_FIELD,
      field: [...field, key.slice(0, 40)],
      params: { value: key.slice(0, 40) },
    }));
  const isAbsent = field.length === 1 && typeof entry === 'object' && entry !== null && !((field[0] as string) in entry);
  return [{ code: isAbsent ? ErrorCode.REQUIRED : ErrorCode.WRONG_KIND, field }];
}

/** An entry as an object of the list; `pathOf` finds the paths of the entries that it names. */
export function jsonOf(entry: CatalogueEntry, pathOf: (id: string | null) => string | null): string {
  const { level, code, labels, help, aliases, serviceGroup, kind, position, retired, version } = entry;
  return JSON.stringify({
    ...{ parent: pathOf(entry.parentId), level, code, labels: named(labels), help: help && named(help), aliases, serviceGroup, kind },
    ...{ position, retired, replacedBy: pathOf(entry.replacedById), version },
  });
}

const named = ({ 'pt-BR': ptBR, en, es }: Localized) => ({ ptBR, en, es });
