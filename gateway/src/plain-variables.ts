import { Kind, type OperationDefinitionNode } from 'graphql';

const FITS = new Map<string, (value: unknown) => boolean>([
  ['ID', (value) => typeof value === 'string' || Number.isInteger(value)],
  ['String', (value) => typeof value === 'string'],
  ['Boolean', (value) => typeof value === 'boolean'],
  ['Int', (value) => Number.isInteger(value) && value === ((value as number) | 0)],
  ['Float', Number.isFinite],
]);

/** Whether variables are right beyond doubt. False says nothing: graphql-js decides, and says what is wrong. */
export type PlainVariables = (given: Readonly<Record<string, unknown>>) => boolean;

/**
 * Compiles the check of an operation's variables, where all are of the five scalars of GraphQL: most requests have one or two of them, and
 * coercing them anew would cost more than the rest of the checks.
 */
export function plainVariables({ variableDefinitions = [] }: OperationDefinitionNode): PlainVariables {
  const checks: { name: string; mayMiss: boolean; mayBeNull: boolean; fits(value: unknown): boolean }[] = [];
  for (const { variable, type, defaultValue } of variableDefinitions) {
    const named = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
    const fits = named.kind === Kind.NAMED_TYPE ? FITS.get(named.name.value) : undefined;
    if (!fits) return () => false;
    const mayBeNull = type.kind !== Kind.NON_NULL_TYPE;
    checks.push({ name: variable.name.value, mayMiss: mayBeNull || defaultValue !== undefined, mayBeNull, fits });
  }
  return (given) =>
    checks.every(({ name, mayMiss, mayBeNull, fits }) => {
      const value = Object.hasOwn(given, name) ? given[name] : undefined;
      if (value === undefined) return mayMiss;
      return value === null ? mayBeNull : fits(value);
    });
}
