import { demoId } from '@atende/service/ids';
import { type Person, Portal } from '../journeys/portal.ts';
import { emails } from './access.ts';
import { placeOf, rowsOf } from './place.ts';
import { absentLike } from './world.ts';

// Whether the time of an answer tells that something exists: foreign and absent ids asked for in turn, minimum and median of each.
// node packages/stack/dist/isolation/same-time.js <data folder> [rounds]

const [, , dataDir = '.data', rounds = '200'] = process.argv;
const place = placeOf(dataDir);
const portal = new Portal(place.url);
const [ticket] = await rowsOf<{ id: string }>(
  place,
  'tickets',
  'select id from ticket where organization_id = $1 and not restricted limit 1',
  [demoId('org', 'ACME01')],
);
const gisele = await portal.as(emails.gisele);
const reply = 'mutation ($id: ID!) { replyToTicket(input: { clientKey: "same-time", ticketId: $id, body: "x" }) { ticket { id } } }';
const asked: [string, Person, string, string][] = [
  ['ticket', gisele, 'query ($id: ID!) { ticket(id: $id) { id subject } }', ticket?.id ?? ''],
  ['node of a ticket', gisele, 'query ($id: ID!) { node(id: $id) { id } }', ticket?.id ?? ''],
  ['organization', gisele, 'query ($id: ID!) { organization(id: $id) { id } }', demoId('org', 'ACME01')],
  ['article', gisele, 'query ($id: ID!) { article(id: $id) { id } }', demoId('art', 'interno-quando-escalar')],
  ['replyToTicket', gisele, reply, ticket?.id ?? ''],
];

console.log(`${'ms'.padEnd(20)}foreign: minimum median   absent: minimum median`);
for (const [name, person, document, id] of asked) {
  const times: Record<'foreign' | 'absent', number[]> = { foreign: [], absent: [] };
  const ask = async (which: keyof typeof times, given: string): Promise<void> => {
    const began = performance.now();
    await person.ask(document, { id: given });
    times[which].push(performance.now() - began);
  };
  for (let round = 0; round < Number(rounds); round++) {
    // In turn, and which is first in turn too.
    const pair = [() => ask('foreign', id), () => ask('absent', absentLike(id))];
    for (const one of round % 2 ? pair.toReversed() : pair) await one();
  }
  const figures = Object.values(times).map((of) => of.toSorted((a, b) => a - b));
  const shown = figures.map((of) => `${of[0]?.toFixed(2).padStart(14)} ${of[Math.floor(of.length / 2)]?.toFixed(2).padStart(6)}`);
  console.log(`${name.padEnd(20)}${shown.join('      ')}`);
}
