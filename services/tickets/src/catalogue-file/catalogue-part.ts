import { conflict, ErrorCode, type Fault, Refused, sqlIsSelf, sqlIsWorker } from '@atende/service';
import { defineEntity } from '@mikro-orm/postgresql';
import type { TicketsContext } from '../tickets-context.ts';

/** A piece of a file that is too long for one call, until the file is imported. */
const CataloguePartSchema = defineEntity({
  name: 'CataloguePart',
  tableName: 'catalogue_part',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'own', using: sqlIsSelf('person_id') },
    { name: 'worker', using: sqlIsWorker },
  ],
  properties: (p) => ({
    personId: p.text().primary(),
    clientKey: p.text().primary(),
    part: p.integer().primary(),
    content: p.text(),
    createdAt: p.datetime(3).index(),
  }),
});
export class CataloguePart extends CataloguePartSchema.class {}
CataloguePartSchema.setClass(CataloguePart);

const LONGEST_PART = 250_000; // characters; the gateway takes no longer body anyway
const LONGEST_KEY = 200; // characters; a UUID has 36
const MOST_PARTS = 100; // of one file
const MOST_KEPT = 300; // of one person: some files a day

interface Part {
  clientKey: string;
  part: number;
  content: string;
}

/** Keeps a part of a file for a day, for `importCatalogue` with the same clientKey. Returns how many parts it has now. */
export async function keepPart({ em, viewer, now }: TicketsContext, { clientKey, part, content }: Part): Promise<number> {
  const personId = viewer.personId as string;
  const faults = partFaults({ clientKey, part, content });
  if (faults.length > 0) throw new Refused(...faults);
  return em.transactional(async (own) => {
    const known = await own.findOne(CataloguePart, { personId, clientKey, part });
    if (known && known.content !== content) throw conflict('This part was sent already, with another content.');
    if (!known && (await own.count(CataloguePart, { personId })) >= MOST_KEPT)
      throw new Refused({ code: ErrorCode.TOO_MANY, field: ['input', 'part'], params: { max: MOST_KEPT } });
    await own.upsert(CataloguePart, { personId, clientKey, part, content, createdAt: known?.createdAt ?? now });
    return own.count(CataloguePart, { personId, clientKey });
  });
}

function partFaults({ clientKey, part, content }: Part): Fault[] {
  const faults: Fault[] = [];
  const length = (text: string, max: number, field: string): void => {
    if (text === '') faults.push({ code: ErrorCode.REQUIRED, field: ['input', field] });
    if (text.length > max) faults.push({ code: ErrorCode.TOO_LONG, field: ['input', field], params: { max, length: text.length } });
  };
  length(clientKey.trim(), LONGEST_KEY, 'clientKey');
  length(content, LONGEST_PART, 'content');
  if (content.includes('\0')) faults.push({ code: ErrorCode.BAD_USER_INPUT, field: ['input', 'content'] });
  if (part < 1 || part > MOST_PARTS) faults.push({ code: ErrorCode.TOO_MANY, field: ['input', 'part'], params: { max: MOST_PARTS } });
  return faults;
}

/** The whole file that was sent in so many parts. */
export async function partsOf({ em, viewer }: Pick<TicketsContext, 'em' | 'viewer'>, clientKey: string, count: number): Promise<string> {
  const parts = await em.find(CataloguePart, { personId: viewer.personId, clientKey }, { orderBy: { part: 'asc' }, limit: MOST_PARTS });
  if (count < 1 || parts.length !== count || parts.at(-1)?.part !== count)
    throw new Refused({ code: ErrorCode.NOT_FOUND, field: ['input', 'parts'] });
  return parts.map(({ content }) => content).join('');
}
