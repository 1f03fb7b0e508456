import { type Connection, mayHavePersonalData, PersonalDataFace, recordAct } from '@atende/service';
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { AuditEntry } from '../audit/audit-entry.ts';
import type { IdentityContext } from '../identity-context.ts';
import { PersonalActConnection, PersonalIdentityFace } from './personal-data.graphql.ts';
import { actsOf, documentOf } from './personal-data.queries.ts';

/** Identity's section of what is held on a person. Handing it out is an act in the audit log. */
@Resolver(() => PersonalDataFace)
export class PersonalDataResolver {
  @FieldResolver(() => PersonalIdentityFace, { nullable: true, description: 'What identity holds.' })
  async identity(@Root() { personId }: PersonalDataFace, @Ctx() ctx: IdentityContext): Promise<PersonalIdentityFace | null> {
    // Once more, by the section itself: behind it row-level security holds nobody back.
    if (!mayHavePersonalData.allows(ctx.viewer, { personId })) return null;
    const document = await documentOf(ctx.deps.forWorker(), personId);
    if (!document) return null;
    recordAct(ctx.em, ctx, { act: 'PERSONAL_DATA_READ', subjectId: personId });
    await ctx.em.flush();
    return { personId, document };
  }
}

@Resolver(() => PersonalIdentityFace)
export class PersonalIdentityResolver {
  @FieldResolver(() => PersonalActConnection, { description: 'What the audit log says they did, and what was done about them.' })
  acts(
    @Root() { personId }: PersonalIdentityFace,
    @Arg('first', () => Int, { nullable: true, description: 'How many, 1 to 100. Required.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'Those after this cursor.' }) after: string | null,
    @Ctx() { deps }: IdentityContext,
  ): Promise<Connection<AuditEntry>> {
    return actsOf(deps.forWorker(), personId, { first, after });
  }
}
