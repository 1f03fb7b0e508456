import { Guard, gatewayOnly, publicPolicy, withSession } from '@atende/service';
import { Arg, Ctx, Directive, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { actIn } from '../act.ts';
import { causeOf, type IdentityContext } from '../identity-context.ts';
import { EndedSessions, SignInInput, SignInPayload, SignOutPayload } from './session.graphql.ts';
import { Session } from './session.ts';
import { endedSessions, endSessions } from './session-end.ts';
import { refreshSession } from './session-refresh.ts';
import { type Admission } from './session-start.ts';
import { signIn } from './sign-in.ts';

const theDoor = publicPolicy('it is how anybody becomes somebody');

@Resolver(() => SignInPayload)
export class SessionResolver {
  @Mutation(() => SignInPayload, {
    description: 'Signs in by e-mail and password. Failures make the next attempts wait, longer each time.',
  })
  @Directive('@attempt')
  @Guard(theDoor)
  async signIn(
    @Arg('input', () => SignInInput, { description: 'Who.' }) input: SignInInput,
    @Ctx() ctx: IdentityContext,
  ): Promise<SignInPayload> {
    return letIn(ctx, await signIn(ctx.deps, causeOf(ctx), { ...input, address: ctx.address }));
  }

  @Mutation(() => SignInPayload, { description: 'New tokens with the rights of today for a refresh token, which is good once.' })
  @Directive('@attempt')
  @Guard(theDoor)
  async refreshSession(
    @Arg('refreshToken', () => String, { description: 'The last one given.' }) refreshToken: string,
    @Ctx() ctx: IdentityContext,
  ): Promise<SignInPayload> {
    return letIn(ctx, await refreshSession(ctx.deps, causeOf(ctx), refreshToken));
  }

  @Mutation(() => SignOutPayload, {
    description: 'Ends this session, or every session of the person: tokens are refused and sockets closed within two seconds.',
  })
  @Guard(withSession)
  async signOut(
    @Arg('everywhere', () => Boolean, { nullable: true, description: 'All sessions of the person; only this one when absent.' }) everywhere:
      | boolean
      | null,
    @Ctx() ctx: IdentityContext,
  ): Promise<SignOutPayload> {
    const { personId, sessionId } = ctx.viewer;
    await ctx.em.transactional(async (em) => {
      const act = actIn(em, causeOf(ctx));
      if (everywhere) await endSessions(em, act, personId ?? '', 'SIGNED_OUT_EVERYWHERE');
      else (await em.findOne(Session, { id: sessionId ?? '', endedAt: null }))?.end(act, 'SIGNED_OUT');
    });
    return { errors: [] };
  }

  @Query(() => EndedSessions, { description: 'Sessions that ended after a cursor, for gateways.' })
  @Directive('@inaccessible')
  @Guard(gatewayOnly)
  _endedSessions(
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the last answer; those of the last minutes when absent.' }) after:
      | string
      | null,
    @Ctx() { em, now }: IdentityContext,
  ): Promise<EndedSessions> {
    return endedSessions(em, after, now);
  }

  @FieldResolver(() => Boolean, { description: 'Somebody else chose the password: nothing but changing it is allowed.' })
  mustChangePassword(@Root() payload: SignInPayload & Partial<Admission>): boolean {
    return payload.mustChangePassword ?? false;
  }
}

/** From here on the request is this person's: the payload's viewer is read with their rights. */
export function letIn(ctx: IdentityContext, admission: Admission): SignInPayload {
  ctx.become(admission.viewer);
  return { ...admission, errors: [] };
}
