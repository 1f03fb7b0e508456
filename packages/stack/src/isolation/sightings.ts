import type { Who } from './access.ts';
import type { Facts } from './facts.ts';
import { type Relation, relationTo, type Standing, standingOf } from './relations.ts';
import { shownTo, visible } from './visible.ts';

/** Everything that anybody was shown, by type, id and field, to be judged when all facts are known. */
export class Sightings {
  readonly #seen = new Map<string, { who: Who; type: string; id: string; field: string; where: string }>();
  /** `Type.field`s that came back with a value. */
  readonly fields = new Set<string>();

  /** Notes all objects of an answer. Objects say their `__typename`; aliases are `Type_field`. */
  collect(who: Who, where: string, value: unknown): void {
    if (Array.isArray(value)) for (const item of value) this.collect(who, where, item);
    else if (isObject(value)) {
      const { __typename: type, id, personId } = value as { __typename?: string; id?: string; personId?: string };
      const about = type === 'PersonalData' ? personId : id;
      for (const [key, inner] of Object.entries(value)) {
        if (inner === null || key === '__typename' || (Array.isArray(inner) && inner.length === 0)) continue;
        if (type) this.#note(who, type, about ?? '', key.replace(`${type}_`, ''), where);
        this.collect(who, where, inner);
      }
    }
  }

  #note(who: Who, type: string, id: string, field: string, where: string): void {
    this.fields.add(`${type}.${field}`);
    if (visible[type]?.part) return;
    const key = `${who} ${type} ${id} ${field}`;
    if (!this.#seen.has(key)) this.#seen.set(key, { who, type, id, field, where });
  }

  get size(): number {
    return this.#seen.size;
  }

  /** What was shown though the table does not allow it, as sentences; and how often each row of it was used. */
  judge(facts: Facts): { leaks: string[]; used: Map<string, number> } {
    const standings = new Map<Who, Standing>();
    const leaks: string[] = [];
    const used = new Map<string, number>();
    for (const { who, type, id, field, where } of this.#seen.values()) {
      const standing = standings.get(who) ?? standingOf(who, facts);
      standings.set(who, standing);
      // Whoever asks what is held on a person reads back the id that they gave, whatever it was.
      const isEcho = type === 'PersonalData' && !facts.of('Person', id);
      const relation: Relation = isEcho ? 'FOREIGN' : relationTo(standing, id, facts);
      const to = shownTo(type, field);
      const place = `${type} ${relation}`;
      if (to?.includes(relation)) used.set(place, (used.get(place) ?? 0) + 1);
      else leaks.push(`${where} shows ${who} ${type}.${field} of ${id}, which is ${relation} to them`);
    }
    return { leaks, used };
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
