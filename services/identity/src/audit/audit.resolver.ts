import { type Connection, Guard, recordAct } from '@atende/service';
import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import type { IdentityContext } from '../identity-context.ts';
import { AuditEntryConnection, AuditEntryFace, AuditFilter } from './audit.graphql.ts';
import { auditorOnly } from './audit.policy.ts';
import { type AuditLine, auditPage, named } from './audit.queries.ts';

@Resolver(() => AuditEntryFace)
export class AuditResolver {
  @Query(() => AuditEntryConnection, {
    description: 'The audit log, the newest act first; for auditors only. Reading it is an act in it.',
  })
  @Guard(auditorOnly)
  async auditLog(
    @Arg('filter', () => AuditFilter, { nullable: true, description: 'Which acts.' }) filter: AuditFilter | null,
    @Arg('first', () => Int, { nullable: true, description: 'How many, 1 to 100. Required.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'Those after this cursor.' }) after: string | null,
    @Ctx() ctx: IdentityContext,
  ): Promise<Connection<AuditLine>> {
    const page = await ctx.em.transactional(async (em) => {
      const subjectId = filter?.subjectId ?? filter?.actorId ?? null;
      recordAct(em, ctx, { act: 'AUDIT_READ', subjectId, organizationId: filter?.organizationId ?? null });
      return auditPage(em, filter ?? {}, { first, after });
    });
    return named(page, ctx.deps.forWorker(), ctx.language);
  }
}
