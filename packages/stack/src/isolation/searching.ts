import { expect, it } from '@jest/globals';
import { oneOfEach, people, type Who } from './access.ts';
import type { Matrix } from './matrix.ts';
import type { Thing } from './world.ts';

const SECTIONS = 'articles tickets contacts organizations'
  .split(' ')
  .map((section) => `${section}(first: 20) { edges { node { __typename id } } }`);
const SEARCH = `query ($text: String!) { search(text: $text) { ${SECTIONS.join(' ')} } }`;

/** Nothing foreign is found, in any section, by its words. */
export function searching(the: () => Matrix): void {
  it('finds for nobody what is another’s, in any section of a search', async () => {
    const { asker, counts, sightings, things } = the();
    const faults: string[] = [];
    const found = new Set<string>();
    const searchAs = async (who: Who, { name, id }: Thing, text: string): Promise<void> => {
      const outcome = await asker.ask(who, { document: SEARCH, variables: { text } });
      counts.cases += 1;
      sightings.collect(who, `search for ${text}`, outcome.data);
      if (!outcome.text.includes(id)) return;
      if (the().sees(who, id)) found.add(id.slice(0, 3));
      else faults.push(`search shows ${name} to ${who}`);
    };
    for (const thing of things.filter(({ words }) => words.length > 0))
      await Promise.all(
        (the().full ? people : (['nobody', ...oneOfEach] as const)).map((who) => searchAs(who, thing, thing.words[0] ?? '')),
      );
    expect(faults).toEqual([]);
    expect([...found]).toEqual(expect.arrayContaining(['tkt', 'org', 'art']));
  }, 240_000);

  it('finds a person by an address only for who may read the address', async () => {
    const { asker } = the();
    const findsBruno = async (who: Who): Promise<boolean> =>
      (await asker.ask(who, { document: SEARCH, variables: { text: 'bruno@acme.example' } })).text.includes('"con_');
    const found = await Promise.all(people.map(async (who) => ((await findsBruno(who)) ? [who] : [])));
    expect(found.flat()).toEqual(['ana', 'bruno', 'carla', 'diego', 'elisa', 'otavio', 'bia', 'fabio', 'greta', 'leitora', 'escritora']);
  });
}
