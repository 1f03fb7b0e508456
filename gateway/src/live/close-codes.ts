/** WebSocket close codes: the first two of RFC 6455, the others of graphql-transport-ws. */
export const CLOSE = { restart: 1012, tryLater: 1013, badRequest: 4400, unauthorized: 4401, forbidden: 4403, internal: 4500 } as const;
