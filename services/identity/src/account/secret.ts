import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits for URLs and headers. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** How a secret of full entropy is stored: nothing is gained by a slow hash. */
export const digest = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
