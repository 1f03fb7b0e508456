import { hash, verify } from '@node-rs/argon2';

// argon2id (the library's default), 19 MiB and two passes: what OWASP asks for at the least. A hash carries its own cost,
// so raising it here leaves older hashes valid.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }; // KiB, passes, threads

export const hashPassword = (password: string): Promise<string> => hash(password, COST);

export const verifyPassword = (stored: string, password: string): Promise<boolean> => verify(stored, password);

/** A hash that no password opens, as dear as any: who signs in without an account waits as long as who has one. */
export const decoyHash = (secret: string): Promise<string> => hashPassword(secret);
