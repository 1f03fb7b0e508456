import { registerEnumType } from 'type-graphql';

/** An enum of the public schema out of a closed list of names, e.g. `enumOf(['OPEN'], 'Status', 'Where it stands.')`; `told` describes single ones. */
export function enumOf<const Name extends string>(
  names: readonly Name[],
  name: string,
  description: string,
  told: Partial<Record<Name, string>> = {},
): { [N in Name]: N } {
  const values = Object.fromEntries(names.map((one) => [one, one])) as { [N in Name]: N };
  const valuesConfig = Object.fromEntries(Object.entries<string | undefined>(told).map(([one, text]) => [one, { description: text }]));
  registerEnumType(values, { name, description, valuesConfig: valuesConfig as never });
  return values;
}
