import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import type { AttachmentFact } from './form-context.ts';

/** What the attachments service signed when a file's content had passed. */
const claims = z.object({ attachmentId: z.string(), personId: z.string(), extension: z.string().nullable(), size: z.number() });

/** The facts of a file from its receipt; null when it is not a valid receipt of this person. No service is asked, NATS up or not. */
export type VerifyReceipt = (receipt: string, personId: string) => Promise<AttachmentFact | null>;

const ISSUER = 'atende-attachments';
const AUDIENCE = 'atende-receipt';

export function makeVerifyReceipt(keys: URL | JWTVerifyGetKey): VerifyReceipt {
  const getKey = keys instanceof URL ? createRemoteJWKSet(keys, { cooldownDuration: 1_000, cacheMaxAge: Number.POSITIVE_INFINITY }) : keys;
  return async (receipt, personId) => {
    try {
      const { payload } = await jwtVerify(receipt, getKey, { issuer: ISSUER, audience: AUDIENCE, algorithms: ['EdDSA'], clockTolerance: 5 });
      const file = claims.parse(payload);
      return file.personId === personId ? { id: file.attachmentId, extension: file.extension, bytes: file.size } : null;
    } catch (error) {
      if (error instanceof z.ZodError) return null;
      if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout)) return null;
      throw error;
    }
  };
}
