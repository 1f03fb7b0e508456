import { readdirSync, readFileSync } from 'node:fs';
import { type Envelope, parseEnvelope } from './envelope.ts';

const folder = new URL('../samples/', import.meta.url);

/** One frozen envelope of every version of every event ever published: `ticket.opened.v1.json`. For tests of consumers. */
export function goldenSamples(service?: string): Envelope[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => parseEnvelope(readFileSync(new URL(file, folder), 'utf8')))
    .filter((envelope) => !service || envelope.service === service);
}
