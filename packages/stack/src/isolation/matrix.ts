import { buildSchema, type GraphQLSchema } from 'graphql';
import { Portal } from '../journeys/portal.ts';
import { people, type Who } from './access.ts';
import { Asker } from './asker.ts';
import { Facts } from './facts.ts';
import { type Crowd, hire } from './hiring.ts';
import { type Operation, operationsOf } from './operations.ts';
import { type Place, placeOf } from './place.ts';
import { relationTo, type Standing, standingOf } from './relations.ts';
import { Sightings } from './sightings.ts';
import { shownTo } from './visible.ts';
import { makeWorld, type Thing } from './world.ts';

/** A running stack, everybody in it, what there is to see, and what was seen. */
export class Matrix {
  readonly place: Place;
  readonly as: Crowd;
  readonly things: Thing[];
  readonly schema: GraphQLSchema;
  readonly asker: Asker;
  readonly sightings = new Sightings();
  /** Every thing in every place, instead of one of each kind: see docs/guides/isolation.md. */
  readonly full = process.env.ATENDE_ISOLATION === 'full';
  readonly counts = { cases: 0, denied: 0, shown: 0 };
  /** Every root field with the deepest selection that the gateway's limits let through. */
  operations: Operation[] = [];
  #facts: Facts;
  #standings: Record<Who, Standing>;

  private constructor(place: Place, as: Crowd, things: Thing[], schema: GraphQLSchema, facts: Facts) {
    this.place = place;
    this.as = as;
    this.things = things;
    this.schema = schema;
    this.asker = new Asker(new Portal(place.url), as);
    this.#facts = facts;
    this.#standings = standings(facts);
  }

  static async over(dataDir: string): Promise<Matrix> {
    const place = placeOf(dataDir);
    const as = await hire(place);
    const things = await makeWorld(place, as);
    const schema = buildSchema(await (await fetch(`${place.url}/schema.graphql`)).text());
    const matrix = new Matrix(place, as, things, schema, await Facts.read(place));
    matrix.operations = await matrix.affordable();
    return matrix;
  }

  /** Reads anew what decides who sees what: the matrix itself changes things. */
  async refresh(): Promise<Facts> {
    this.#facts = await Facts.read(this.place);
    this.#standings = standings(this.#facts);
    return this.#facts;
  }

  standing(who: Who): Standing {
    return this.#standings[who];
  }

  /** Whether somebody may know that the object of this id exists. */
  sees(who: Who, id: string): boolean {
    const type = this.#facts.get(id)?.type;
    const to = type && shownTo(type, 'id');
    return who !== 'eva' && (to?.includes(relationTo(this.#standings[who], id, this.#facts)) ?? false);
  }

  typeOf(id: string): string {
    return this.#facts.get(id)?.type ?? '';
  }

  /** What a foreign object has in common with others: one of them stands for all, unless the full product is asked for. */
  kindOf(who: Who, id: string): string {
    const { type = '', ...fact } = this.#facts.get(id) ?? {};
    const { restricted, internal, visibility, audience, status } = fact as Record<string, unknown>;
    return JSON.stringify([type, relationTo(this.#standings[who], id, this.#facts), restricted, internal, visibility, audience, status]);
  }

  /** The things whose words stand in an answer though they may not be shown to this person. */
  leaks(who: Who, text: string): string[] {
    return this.things.filter(({ id, words }) => words.some((word) => text.includes(word)) && !this.sees(who, id)).map(({ name }) => name);
  }

  async affordable(): Promise<Operation[]> {
    const depths = [4, 3, 2, 1, 0].map((depth) => operationsOf(this.schema, depth));
    return Promise.all(
      (depths[0] ?? []).map(async (deepest, index) => {
        if (deepest.kind !== 'query') return depths[3]![index]!; // payloads: what they are about, and its leaves
        for (const operation of depths.map((at) => at[index]!)) {
          const { codes } = await this.asker.ask('carla', operation);
          if (!codes.includes('TOO_COMPLEX')) return operation;
        }
        throw new Error(`${deepest.field} cannot be asked at all`);
      }),
    );
  }
}

const standings = (facts: Facts): Record<Who, Standing> =>
  Object.fromEntries(people.map((who) => [who, standingOf(who, facts)])) as Record<Who, Standing>;
