import { type GraphQLSchema, Kind, parse, specifiedRules, validate } from 'graphql';
import { operationForm } from './operation-form.ts';
import type { StoredDocument } from './operations-check.ts';
import { digestOf } from './publication.ts';
import type { SeenOperation } from './seen-operation.ts';

/** A client's documents as the registry keeps them; or what is wrong with them, one line each. */
export function storedOperations(schema: GraphQLSchema, documents: readonly StoredDocument[], now: Date) {
  const operations: SeenOperation[] = [];
  const faults: string[] = [];
  for (const { file, text } of documents) {
    try {
      const document = parse(text);
      const errors = validate(schema, document, specifiedRules, { maxErrors: 5 });
      faults.push(...errors.map(({ message }) => `${file}: ${message}`));
      if (errors.length > 0) continue;
      for (const definition of document.definitions) {
        if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
        const form = operationForm(schema, document, definition);
        const name = definition.name?.value.slice(0, 100) ?? file.slice(0, 100);
        const at = now.toISOString();
        operations.push({ ...form, hash: digestOf(form.document), name, first: at, last: at, count: 0, clients: {} });
      }
    } catch (error) {
      faults.push(`${file}: ${(error as Error).message}`);
    }
  }
  return { operations, faults };
}
