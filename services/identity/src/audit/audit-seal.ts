import { createHash } from 'node:crypto';
import { canonicalJson } from '@atende/service';
import { defineEntity } from '@mikro-orm/postgresql';
import { type AuditEntry, auditPolicies } from './audit-entry.ts';

/** An entry's place in the chain, from 1 without a gap, and the hash over all before it. */
const AuditSealSchema = defineEntity({
  name: 'AuditSeal',
  tableName: 'audit_seal',
  rowLevelSecurity: 'force',
  policies: auditPolicies,
  properties: (p) => ({
    position: p.bigint('number').primary().autoincrement(false),
    entryId: p.text().unique(),
    hash: p.text(),
  }),
});
export class AuditSeal extends AuditSealSchema.class {}
AuditSealSchema.setClass(AuditSeal);

export interface Head {
  position: number;
  /** SHA-256 in hexadecimal. */
  hash: string;
}

/** The chain before its first entry. */
export const beginning: Head = { position: 0, hash: '0'.repeat(64) };

/** The head after one more entry. */
export function sealed(before: Head, entry: Pick<AuditEntry, keyof AuditEntry>): Head {
  const position = before.position + 1;
  // What is null is left out: a column that is added one day changes no hash.
  const told = canonicalJson(Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== null)));
  return { position, hash: createHash('sha256').update(`${before.hash}\n${position}\n${told}`).digest('hex') };
}

export const headText = ({ position, hash }: Head): string => `${position}:${hash}`;
