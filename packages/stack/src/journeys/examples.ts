import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentNode, Kind, type OperationDefinitionNode } from 'graphql';
import type { Answer } from './portal.ts';

/** An operation of examples/. */
export interface Example {
  /** Its file without the ending. */
  name: string;
  title: string;
  /** Whose it is, by e-mail; null: nobody is signed in. */
  as: string | null;
  query: string;
  variables: Record<string, unknown>;
}

export function readExamples(folder: string): Example[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.graphql'));
  return files.sort().map((file) => {
    const name = file.slice(0, -'.graphql'.length);
    const query = readFileSync(join(folder, file), 'utf8');
    const variables = join(folder, `${name}.variables.json`);
    const [, title = '', as = null] = /^# (.+?)(?:, as (\S+@\S+))?\n/.exec(query) ?? [];
    return { name, title, as, query, variables: existsSync(variables) ? JSON.parse(readFileSync(variables, 'utf8')) : {} };
  });
}

/** The only operation of a document. Throws when there is none or more than one. */
export function operationOf({ definitions }: DocumentNode): OperationDefinitionNode {
  const operations = definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (operations.length !== 1 || !operations[0]) throw new Error(`one operation is expected, there are ${operations.length}`);
  return operations[0];
}

export const kindOf = (document: DocumentNode): string => operationOf(document).operation;

/** GraphQL errors, and what payloads say in `errors`. */
export function faultsOf({ data, errors = [] }: Answer): unknown[] {
  const payloads: { errors?: unknown[] }[] = Object.values(data ?? {});
  return [...errors, ...payloads.flatMap((payload) => payload?.errors ?? [])];
}

/** Paths of what is absent or empty at the root of an answer: an example that shows nothing explains nothing. */
export function emptyPlaces(data: Record<string, unknown> | null): string[] {
  return Object.entries(data ?? { data: null }).flatMap(([field, value]) => {
    const list = Array.isArray(value) ? value : (value as { edges?: unknown[] } | null)?.edges;
    return value === null || list?.length === 0 ? [field] : [];
  });
}
