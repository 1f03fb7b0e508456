import { BadConfiguration } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { AuditEntry } from './audit-entry.ts';
import { AuditSeal, beginning, type Head, headText, sealed } from './audit-seal.ts';

const AT_ONCE = 500; // links in memory

/** The chain is broken: where, and how. */
export class BrokenChain extends Error {}

/**
 * `verify-audit [--head position:hash]`: walks the whole chain and says how many acts it holds and where it ends. Whoever
 * keeps that head elsewhere and gives it the next time also learns when the log was cut or written anew.
 */
export async function verifyAudit({ em, given }: { em: EntityManager; given: string[] }): Promise<string> {
  const known = knownHead(given);
  let head = beginning;
  for (;;) {
    const links = await linksAfter(em, head);
    for (const link of links) {
      head = checked(head, link);
      if (head.position === known?.position && head.hash !== known.hash)
        throw new BrokenChain(`position ${head.position} is not the one you know: the log was written anew`);
    }
    if (links.length < AT_ONCE) break;
  }
  if (known && known.position > head.position)
    throw new BrokenChain(`the log ends at position ${head.position}: it was cut, you know position ${known.position}`);
  await refuseStrays(em);
  return `OK: ${head.position} acts. The head is ${headText(head)}. Keep it elsewhere and give it with --head the next time.`;
}

interface Link {
  seal: AuditSeal;
  entry: AuditEntry | undefined;
}

async function linksAfter(em: EntityManager, { position }: Head): Promise<Link[]> {
  // Past the identity map: it would remember the whole chain.
  const past = { disableIdentityMap: true };
  const seals = await em.find(AuditSeal, { position: { $gt: position } }, { ...past, orderBy: { position: 'asc' }, limit: AT_ONCE });
  const entries = await em.find(AuditEntry, { id: { $in: seals.map(({ entryId }) => entryId) } }, past);
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  return seals.map((seal) => ({ seal, entry: byId.get(seal.entryId) }));
}

function checked(before: Head, { seal, entry }: Link): Head {
  const position = before.position + 1;
  if (seal.position !== position) throw new BrokenChain(`position ${position} was removed`);
  if (!entry) throw new BrokenChain(`position ${position}: its act ${seal.entryId} was removed`);
  const after = sealed(before, entry);
  if (after.hash !== seal.hash)
    throw new BrokenChain(`position ${position} does not fit: the act ${entry.id} was changed, or is not the one that stood here`);
  return after;
}

/** Acts beside the chain: put in past the one way there is, or taken out before they were sealed. */
async function refuseStrays(em: EntityManager): Promise<void> {
  const [stray] = await em.execute<{ id: string }[]>(
    `select id from audit_entry where not exists (select from audit_seal where entry_id = id)
       and not exists (select from audit_pending where entry_id = id) limit 1`,
  );
  if (stray) throw new BrokenChain(`the act ${stray.id} stands in the log and not in its chain: it was put in by hand`);
  const [gone] = await em.execute<{ entry_id: string }[]>(
    'select entry_id from audit_pending where not exists (select from audit_entry where id = entry_id) limit 1',
  );
  if (gone) throw new BrokenChain(`the act ${gone.entry_id} was removed before it was sealed`);
}

function knownHead(given: string[]): Head | null {
  if (given.length === 0) return null;
  const [, position, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(given.length === 2 && given[0] === '--head' ? (given[1] ?? '') : '') ?? [];
  if (!position || !hash) throw new BadConfiguration('Usage: verify-audit [--head position:hash], as it said the last time.');
  return { position: Number(position), hash };
}
