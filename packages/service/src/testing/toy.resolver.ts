import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../context.ts';
import { conflict, ErrorCode, notFound, Refused } from '../errors.ts';
import { once } from '../idempotency.ts';
import { newId } from '../ids.ts';
import { connection, pageOf } from '../page.ts';
import { ForKeys, Guard, publicPolicy, signedIn, staffOnly } from '../policy.ts';
import { NodeFace, SearchResultFace } from '../shared.graphql.ts';
import { BoxFace, BoxPayload, PackBoxInput, RelabelBoxInput, Thing, ToyConnection, ToyFace } from './toy.graphql.ts';
import { Box, Toy } from './toy.ts';
import { type Trouble, troubles } from './toy-troubles.ts';

const ids = { description: 'Which.' };

@Resolver(() => BoxFace)
export class BoxResolver {
  @Query(() => BoxFace, { nullable: true, description: 'A box.' })
  @Guard(signedIn)
  box(@Arg('id', () => ID, ids) id: string, @Ctx() { load }: Context): Promise<Box | null> {
    return load<Box>('Box', id);
  }

  @Query(() => BoxFace, { description: 'A box that must be there.' })
  @Guard(signedIn)
  boxForSure(@Arg('id', () => ID, ids) id: string, @Ctx() { load }: Context): Promise<Box | null> {
    return load<Box>('Box', id);
  }

  @Query(() => [BoxFace], { description: 'All boxes.' })
  @Guard(signedIn)
  boxes(@Ctx() { em }: Context): Promise<Box[]> {
    return em.find(Box, {}, { orderBy: { id: 'asc' } });
  }

  @Query(() => [Thing], { description: 'Boxes and toys by their ids, as promises in a set.' })
  @Guard(signedIn)
  things(@Arg('ids', () => [ID], ids) wanted: string[], @Ctx() { load }: Context): Set<Promise<unknown>> {
    return new Set(wanted.map((id) => load(id.startsWith('box_') ? 'Box' : 'Toy', id)));
  }

  @Query(() => NodeFace, { nullable: true, description: 'A box or a toy.' })
  @Guard(signedIn)
  async anyNode(@Arg('id', () => ID, ids) id: string, @Ctx() { load }: Context): Promise<unknown> {
    const __typename = id.startsWith('box_') ? 'Box' : 'Toy';
    const row = await load<object>(__typename, id);
    return row && Object.assign(row, { __typename });
  }

  @Query(() => String, { description: 'For anybody.' })
  @Guard(publicPolicy('a toy has nothing to hide'))
  greeting(@Ctx() { language, now }: Context): string {
    return `${language} ${now.toISOString()}`;
  }

  @Query(() => String, { description: 'For staff.' })
  @Guard(staffOnly)
  backRoom(): string {
    return 'welcome';
  }

  @Query(() => String, { description: 'Fails in the way asked for.' })
  @Guard(signedIn)
  async trouble(@Arg('kind', () => String, { description: 'How.' }) kind: Trouble, @Ctx() { em }: Context): Promise<string> {
    return String(await troubles[kind](em));
  }

  @FieldResolver(() => [ToyFace], { description: 'The toys in it.' })
  toys(@Root() { id }: Box, @Ctx() { em }: Context): Promise<Toy[]> {
    return em.find(Toy, { boxId: id }, { orderBy: { id: 'asc' } });
  }

  @FieldResolver(() => ToyConnection, { description: 'The toys in it, by pages.' })
  async toyPage(
    @Root() { id }: Box,
    @Arg('first', () => Int, { description: 'How many.' }) first: number,
    @Ctx() { em }: Context,
  ): Promise<ToyConnection> {
    const toys = await em.find(Toy, { boxId: id }, { orderBy: { id: 'asc' }, limit: first + 1 });
    return connection(pageOf(toys, { first }, (toy) => [toy.id]));
  }

  @FieldResolver(() => ToyFace, { description: 'The toy on top, which must be there.' })
  topToy(@Root() { id }: Box, @Ctx() { em }: Context): Promise<Toy | null> {
    return em.findOne(Toy, { boxId: id }, { orderBy: { id: 'desc' } });
  }

  @Mutation(() => BoxPayload, { description: 'Packs a box once per clientKey.' })
  @Guard(signedIn)
  @ForKeys('WRITE_TICKETS')
  async packBox(
    @Arg('input', () => PackBoxInput, { description: 'What.' }) input: PackBoxInput,
    @Ctx() { em, viewer, now }: Context,
  ): Promise<BoxPayload> {
    const { clientKey } = input;
    const id = await once({ em, viewer, now, mutation: 'packBox', clientKey, input, id: newId('box') }, async (own, id) => {
      if (input.label === '')
        throw new Refused(
          { code: ErrorCode.REQUIRED, field: ['input', 'label'] },
          { code: ErrorCode.TOO_LONG, field: ['input', 'label'], params: { max: 0, length: 0 } },
        );
      own.create(Box, {
        id,
        organizationId: viewer.contacts[0]?.organizationId ?? '',
        label: input.label,
        hiddenIn: 'the cellar',
        open: true,
        version: 0,
      });
      await own.flush();
    });
    return { box: (await em.findOneOrFail(Box, id)) as never, errors: [] };
  }

  @Mutation(() => BoxPayload, { description: 'Writes another label on it.' })
  @Guard(signedIn)
  async relabelBox(
    @Arg('input', () => RelabelBoxInput, { description: 'What.' }) input: RelabelBoxInput,
    @Ctx() { em, viewer, now, requestId, traceparent }: Context,
  ): Promise<BoxPayload> {
    const box = await em.findOne(Box, input.id);
    if (!box) throw notFound();
    if (box.version !== input.expectedVersion) throw conflict('The box was packed again meanwhile.');
    box.relabel(em, { viewer, now, requestId, traceparent }, input.label);
    await em.flush();
    return { box: box as never, errors: [] };
  }
}

@Resolver(() => SearchResultFace)
export class ToySearchResolver {
  @FieldResolver(() => [ToyFace], { nullable: true, description: 'Toys by the beginning of their name.' })
  @Guard(signedIn)
  toys(@Root() { text }: SearchResultFace, @Ctx() { em }: Context): Promise<Toy[]> {
    return em.find(Toy, { name: { $like: `${text}%` } }, { orderBy: { id: 'asc' } });
  }
}
