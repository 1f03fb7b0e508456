import { type Connection, Guard, staffOnly } from '@atende/service';
import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { Person } from '../account/person.ts';
import type { IdentityContext } from '../identity-context.ts';
import { Analyst } from './analyst.ts';
import { Group } from './group.ts';
import { AnalystConnection, AnalystFace, AnalystFilter, GroupFace } from './staff.graphql.ts';
import { analystPage, membersOf } from './staff.queries.ts';

@Resolver(() => AnalystFace)
export class AnalystResolver {
  @Query(() => AnalystConnection, { description: 'The vendor’s analysts, by name; for staff.' })
  @Guard(staffOnly)
  analysts(
    @Arg('filter', () => AnalystFilter, { nullable: true, description: 'Which ones.' }) filter: AnalystFilter | null,
    @Arg('first', () => Int, { nullable: true, description: 'How many, 1 to 100. Required.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'Those after this cursor.' }) after: string | null,
    @Ctx() { em }: IdentityContext,
  ): Promise<Connection<Analyst>> {
    return analystPage(em, filter ?? {}, { first, after });
  }

  @FieldResolver(() => [GroupFace], { nullable: true, description: 'The groups whose queues it works on; for staff.' })
  @Guard(staffOnly)
  groups(@Root() analyst: Analyst, @Ctx() { load }: IdentityContext): Promise<(Group | null)[]> {
    return Promise.all(analyst.groupIds.map((id) => load<Group>('Group', id)));
  }

  @FieldResolver(() => String, { nullable: true, description: 'E-mail address; for staff.' })
  @Guard(staffOnly)
  async email(@Root() analyst: Analyst, @Ctx() { load }: IdentityContext): Promise<string | null> {
    return (await load<Person>('Person', analyst.personId))?.email ?? null;
  }
}

@Resolver(() => GroupFace)
export class GroupResolver {
  @Query(() => [GroupFace], { description: 'The support groups, by code; for staff.' })
  @Guard(staffOnly)
  groups(@Ctx() { em }: IdentityContext): Promise<Group[]> {
    return em.find(Group, {}, { orderBy: { code: 'asc' } });
  }

  @FieldResolver(() => String, { description: 'Name, in the reader’s language.' })
  name(@Root() group: Group, @Ctx() { language }: IdentityContext): string {
    return group.names[language];
  }

  @FieldResolver(() => [AnalystFace], { nullable: true, description: 'Who works in it now; for staff.' })
  @Guard(staffOnly)
  members(@Root() group: Group, @Ctx() { em }: IdentityContext): Promise<Analyst[]> {
    return membersOf(em, group.id);
  }
}
