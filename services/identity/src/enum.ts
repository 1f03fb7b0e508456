/** A closed list as the object that type-graphql makes an enum of. */
export const asEnum = <const Value extends string>(values: readonly Value[]): { [V in Value]: V } =>
  Object.fromEntries(values.map((value) => [value, value])) as { [V in Value]: V };
