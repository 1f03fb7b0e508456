import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { graphql, buildSchema as plainSchema } from 'graphql';
import { Directive, Field, FieldResolver, ID, Int, InterfaceType, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { subgraphOf } from './host.ts';
import { Guard, policy, publicPolicy, signedIn, withItsParent } from './policy.ts';
import { buildSubgraph } from './subgraph.ts';
import { ana } from './testing/toy-people.ts';
import { toys } from './testing/toy-service.ts';

const never = policy('never', () => false);

@ObjectType('Naked', { description: 'Without a policy.' })
class Naked {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
}

@ObjectType('Inner', { description: 'Reached through another type only.' })
class Inner {
  @Field(() => Naked, { description: 'Deep inside.' })
  naked: Naked;
}

@ObjectType('Clad', { description: 'With one.' })
@Directive('@key(fields: "id")')
@Guard(signedIn)
class Clad {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
}

@ObjectType('Stub', { description: 'Another service’s.' })
@Directive('@key(fields: "id", resolvable: false)')
@Guard(withItsParent)
class Stub {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
}

@InterfaceType('Locked', { description: 'With a field for few.', resolveType: () => 'Door' })
abstract class Locked {
  @Field(() => String, { nullable: true, description: 'For few.' })
  @Guard(never)
  code: string | null;
}

@ObjectType('Door', { implements: Locked, description: 'Has it from its interface.' })
@Guard(signedIn)
class Door extends Locked {}

@Resolver()
class Doors {
  @Query(() => Door, { description: 'A door.' })
  @Guard(signedIn)
  door(): Door {
    return Object.assign(new Door(), { code: 'secret' });
  }
  @Query(() => Locked, { description: 'A door, as an interface.' })
  @Guard(signedIn)
  locked(): Door {
    return this.door();
  }
}

@ObjectType('Parcel', { description: 'Another service’s; here it has a price by its weight.' })
@Directive('@key(fields: "id")')
@Guard(policy('notHidden', (_, { id }: { id: string }) => id !== 'hidden'))
class Parcel {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => Int, { description: 'In grams.' })
  @Directive('@external')
  weight: number;
}

@Resolver(() => Parcel)
class Parcels {
  @FieldResolver(() => String, { nullable: true, description: 'By its weight and what is known of it here.' })
  @Directive('@requires(fields: "weight")')
  price(@Root() parcel: Parcel & { perGram: number }): string {
    return `${parcel.id} ${parcel.weight * parcel.perGram}`;
  }
}

@Resolver()
class Unguarded {
  @Query(() => Inner, { description: 'No policy, nor its types.' })
  inner(): Inner {
    return new Inner();
  }
}

@Resolver()
class Guarded {
  @Query(() => Clad, { description: 'All well.' })
  @Guard(publicPolicy('shown before sign-in'))
  clad(): Clad {
    return new Clad();
  }
  @Query(() => Stub, { description: 'All well.' })
  @Guard(signedIn)
  stub(): Stub {
    return new Stub();
  }
}

@Resolver()
class Strangers {
  @Mutation(() => Boolean, { description: 'By a token.' })
  @Guard(publicPolicy('it is how anybody becomes somebody'))
  redeem(): boolean {
    return true;
  }
}

@Resolver()
class Counted {
  @Mutation(() => Boolean, { description: 'By a token.' })
  @Directive('@attempt')
  @Guard(publicPolicy('it is how anybody becomes somebody'))
  redeem(): boolean {
    return true;
  }
}

const build = (resolvers: (new () => object)[], references: string[] = []) => buildSubgraph({ resolvers, references, messages: {} });

describe('the build of a subgraph', () => {
  it('fails when a type or a root field states no policy, and names them all', async () => {
    await expect(build([Unguarded])).rejects.toThrow('Deny by default: state a policy with @Guard on Query.inner, Inner, Naked');
  });

  it('fails when an entity has no loader: it would be answered with what was sent', async () => {
    await expect(build([Guarded])).rejects.toThrow('references lack a loader for Clad;');
  });

  it('fails when a mutation for anybody is not counted as an attempt; the mark is told to the gateway', async () => {
    await expect(build([Guarded, Strangers], ['Clad'])).rejects.toThrow("add @Directive('@attempt') to Mutation.redeem");
    const { sdl } = await build([Guarded, Counted], ['Clad']);
    expect(sdl).toContain('redeem: Boolean! @attempt');
    expect(sdl).toContain('@composeDirective(name: "@attempt")');
  });

  it('lists what anybody may see, each with its reason', async () => {
    const { publicParts, sdl } = await build([Guarded], ['Clad']);
    expect(publicParts).toEqual(['Query.clad: shown before sign-in']);
    expect(sdl).toMatch(/\n# For anybody, signed in or not:\n# {3}Query.clad: shown before sign-in\n$/);
  });
});

describe('a field that requires another service’s', () => {
  it('gets it as the gateway sent it, beside the row; a row that may not be seen is absent all the same', async () => {
    const { schema, sdl } = await build([Parcels, Guarded], ['Parcel', 'Clad']);
    expect(sdl).toContain('"@requires"');
    const sent = ['a', 'a', 'hidden', 'none'].map((id, index) => ({ __typename: 'Parcel', id, weight: index + 1, perGram: 1_000 }));
    const load = async (_: string, id: string) => (id === 'none' ? null : { id, perGram: 2 });
    const source = 'query ($sent: [_Any!]!) { _entities(representations: $sent) { ... on Parcel { price } } }';
    const { data } = await graphql({ schema, source, variableValues: { sent }, contextValue: { viewer: ana, load } });
    expect(data).toEqual({ _entities: [{ price: 'a 2' }, { price: 'a 4' }, null, null] });
  });

  it('is not imported where nothing is required', async () => {
    expect((await subgraphOf(toys as never)).sdl).not.toContain('@requires');
  });
});

describe('a policy of an interface’s field', () => {
  it('holds in every type that has the field from it', async () => {
    const { schema } = await build([Doors]);
    const { data, errors } = await graphql({ schema, source: '{ door { code } locked { code } }', contextValue: { viewer: ana } });
    expect({ data, errors }).toEqual({ data: { door: { code: null }, locked: { code: null } }, errors: undefined });
  });
});

describe('the printed contract', () => {
  it('is a federation 2 schema whose definitions stand in the order of their names', async () => {
    const { sdl } = await subgraphOf(toys as never);
    expect(sdl).toContain('@link(url: "https://specs.apollo.dev/federation/v2.9"');
    const names = [...sdl.matchAll(/^(?:type|interface|union|input|enum|scalar) (\w+)/gm)].map((match) => match[1]);
    expect(names).toEqual(names.toSorted());
    expect(names).toEqual(expect.arrayContaining(['Box', 'Toy', 'Thing', 'Node', 'UserError', 'ErrorCode', 'EventFeed']));
  });

  it('is what the running schema serves, and a plain GraphQL schema for tools that know no federation', async () => {
    const { sdl, schema } = await subgraphOf(toys as never);
    const plain = plainSchema(sdl, { assumeValid: true });
    expect(Object.keys(plain.getQueryType()?.getFields() ?? {})).toEqual(
      Object.keys(schema.getQueryType()?.getFields() ?? {}).filter((name) => !name.startsWith('_') || name === '_events'),
    );
  });
});
