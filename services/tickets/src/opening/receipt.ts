import { ErrorCode, type Fault, isId, RequestError } from '@atende/service';
import { createRemoteJWKSet, decodeJwt, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import type { AttachmentFact } from '../form/form-context.ts';

/** What the attachments service signed when a file's content had passed; no name in it. */
const claims = z.object({
  attachmentId: z.string(),
  personId: z.string(),
  /** Organizations the uploader spoke for; none: the vendor's staff. */
  organizations: z.array(z.string()),
  /** The ticket it was uploaded for, if for a certain one. */
  ticketId: z.string().nullable(),
  extension: z.string().nullable(),
  size: z.number(),
});
type Claims = z.infer<typeof claims>;

/** What a receipt says; null when it is no valid one. No service is asked, NATS up or not. */
export type VerifyReceipt = (receipt: string, now: Date) => Promise<Claims | null>;

/** Who brings files, for which organization and ticket. */
export interface Claimant {
  personId: string;
  organizationId: string | null;
  /** null: a ticket that is being opened */
  ticketId: string | null;
}

const MOST_FILES = 100;
const INVALID = [
  errors.JWSInvalid,
  errors.JWTInvalid,
  errors.JWTExpired,
  errors.JWTClaimValidationFailed,
  errors.JWSSignatureVerificationFailed,
  errors.JWKSNoMatchingKey,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
];

export function makeVerifyReceipt(keys: URL | JWTVerifyGetKey): VerifyReceipt {
  const getKey = keys instanceof URL ? createRemoteJWKSet(keys, { cooldownDuration: 1_000, cacheMaxAge: Number.POSITIVE_INFINITY }) : keys;
  const expected = { issuer: 'atende-attachments', audience: 'atende-receipt', algorithms: ['EdDSA'], requiredClaims: ['exp'] };
  return async (receipt, now) => {
    try {
      const { payload } = await jwtVerify(receipt, getKey, { ...expected, currentDate: now });
      return claims.safeParse(payload).data ?? null;
    } catch (error) {
      if (INVALID.some((kind) => error instanceof kind)) return null;
      throw new RequestError(ErrorCode.DEPENDENCY_UNAVAILABLE, 'Files cannot be checked now. Try again in a moment.');
    }
  };
}

/** The files behind receipts, each once; a receipt that is not this claimant's is a fault at its place in `attachmentIds`. */
export async function filesOf(
  verify: VerifyReceipt,
  receipts: readonly string[],
  claimant: Claimant,
  now: Date,
): Promise<{ files: AttachmentFact[]; faults: Fault[] }> {
  if (receipts.length > MOST_FILES)
    return { files: [], faults: [{ code: ErrorCode.TOO_MANY, field: ['attachmentIds'], params: { max: MOST_FILES } }] };
  const files = new Map<string, AttachmentFact>();
  const faults: Fault[] = [];
  for (const [index, receipt] of receipts.entries()) {
    const file = await verify(receipt, now);
    if (file && isOf(claimant, file)) {
      const { attachmentId: id, extension, size: bytes } = file;
      if (!files.has(id)) files.set(id, { id, place: index, extension, bytes });
    } else faults.push({ code: ErrorCode.RECEIPT_INVALID, field: ['attachmentIds', String(index)] });
  }
  return { files: [...files.values()], faults };
}

/** Bound to its uploader, to the organizations the uploader spoke for, and to a ticket where one was named. */
const isOf = ({ personId, organizationId, ticketId }: Claimant, file: Claims): boolean =>
  file.personId === personId &&
  (organizationId === null || file.organizations.length === 0 || file.organizations.includes(organizationId)) &&
  (file.ticketId === null || file.ticketId === ticketId);

/** The file that a receipt names, be it good or not any more: whoever shows the file asks who may see it. */
export function fileIn(receipt: string): { id: string } | null {
  try {
    const { attachmentId: id } = decodeJwt(receipt);
    return isId('att', id) ? { id } : null;
  } catch {
    return null; // no token at all
  }
}
