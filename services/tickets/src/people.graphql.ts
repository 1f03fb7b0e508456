import { Guard, withItsParent } from '@atende/service';
import { createUnionType, Directive, Field, ID, ObjectType } from 'type-graphql';

// Identity's entities as tickets names them; identity decides who sees what of them.

@ObjectType({ description: 'A person at a client organization.' })
@Directive('@key(fields: "id", resolvable: false)')
@Guard(withItsParent)
export class Contact {
  @Field(() => ID, { description: 'Global id.' })
  id: string;
}

@ObjectType({ description: 'Vendor staff.' })
@Directive('@key(fields: "id", resolvable: false)')
@Guard(withItsParent)
export class Analyst {
  @Field(() => ID, { description: 'Global id.' })
  id: string;
}

@ObjectType({ description: 'A client organization.' })
@Directive('@key(fields: "id", resolvable: false)')
@Guard(withItsParent)
export class Organization {
  @Field(() => ID, { description: 'Global id.' })
  id: string;
}

@ObjectType({ description: 'A support group.' })
@Directive('@key(fields: "id", resolvable: false)')
@Guard(withItsParent)
export class Group {
  @Field(() => ID, { description: 'Global id.' })
  id: string;
}

/** The prefix of an id tells whose it is. */
const typeOf = ({ id }: { id: string }): 'Contact' | 'Analyst' => (id.startsWith('con_') ? 'Contact' : 'Analyst');
const partyOf = ({ id }: { id: string }): 'Contact' | 'Organization' => (id.startsWith('con_') ? 'Contact' : 'Organization');

export const Actor = createUnionType({
  name: 'Actor',
  description: 'Who did it.',
  types: () => [Contact, Analyst] as const,
  resolveType: typeOf,
});

export const PartyUnion = createUnionType({
  name: 'Party',
  description: 'Whom a field shows.',
  types: () => [Organization, Contact] as const,
  resolveType: partyOf,
});
export type Party = typeof PartyUnion;

/** A reference to identity's entity. */
export const reference = (id: string | null): { id: string } | null => (id === null ? null : { id });
