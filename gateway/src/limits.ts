/** What a request may cost. The same numbers hold for HTTP and WebSocket, and all but the last are checked before planning. */
export const LIMITS = {
  body: 262_144, // 256 KiB
  document: 32_768, // characters: 2,000 tokens of the usual length are half of it
  tokens: 2_000,
  operations: 10, // of one document, of which one is run
  depth: 10,
  introspectionDepth: 16, // the standard introspection query needs 13
  aliases: 20,
  rootFields: 20,
  repeats: 5_000, // pairs of fields that are merged into one
  directivesPerNode: 5,
  variableDepth: 16, // lists and objects within each other in the variables
  page: 100, // highest first or last
  assumedList: 10, // what a list without a page size is taken for
  cost: 5_000,
  planning: 2_000, // ms for one plan
  plansWaiting: 200,
} as const;

export type Limits = { [Name in keyof typeof LIMITS]: number };
