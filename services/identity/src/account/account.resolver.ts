import { Guard, gatewayOnly, publicPolicy, withSession } from '@atende/service';
import { Arg, Ctx, Directive, Int, Mutation, Query, Resolver } from 'type-graphql';
import { causeOf, type IdentityContext } from '../identity-context.ts';
import { SignInPayload } from '../session/session.graphql.ts';
import { letIn } from '../session/session.resolver.ts';
import { beginUncertain } from '../session/sign-in-delay.ts';
import { asLogin, isEmail } from '../text.ts';
import { AccountPayload, ChangePasswordInput, MailFace, RedeemTokenInput, RequestPasswordResetInput } from './account.graphql.ts';
import { changePassword, redeem } from './account.ts';
import { Mail } from './mail.ts';
import { askReset } from './password-reset.ts';

const theWayBack = publicPolicy('who has no password yet, or forgot it, cannot sign in');

@Resolver()
export class AccountResolver {
  @Mutation(() => SignInPayload, { description: 'Changes one’s own password. Every session ends; the answer brings a new one.' })
  @Directive('@attempt')
  @Guard(withSession)
  async changePassword(
    @Arg('input', () => ChangePasswordInput, { description: 'Both.' }) input: ChangePasswordInput,
    @Ctx() ctx: IdentityContext,
  ): Promise<SignInPayload> {
    const { personId } = ctx.viewer;
    return letIn(ctx, await changePassword(ctx.deps, causeOf(ctx), { ...input, personId: personId ?? '', address: ctx.address }));
  }

  @Mutation(() => AccountPayload, {
    description: 'Wants a mail with a way to another password. The answer is the same whether the address is known or not.',
  })
  @Directive('@attempt')
  @Guard(theWayBack)
  async requestPasswordReset(
    @Arg('input', () => RequestPasswordResetInput, { description: 'Whose.' }) input: RequestPasswordResetInput,
    @Ctx() { em, deps, now, address }: IdentityContext,
  ): Promise<AccountPayload> {
    await beginUncertain(deps.forWorker(), { kind: 'reset', address, now });
    const login = asLogin(input.email);
    if (isEmail(login)) await askReset(em, login, now);
    return { errors: [] };
  }

  @Mutation(() => AccountPayload, { description: 'Sets another password by the token of a mail, once. Every session ends.' })
  @Directive('@attempt')
  @Guard(theWayBack)
  async resetPassword(
    @Arg('input', () => RedeemTokenInput, { description: 'Both.' }) input: RedeemTokenInput,
    @Ctx() ctx: IdentityContext,
  ): Promise<AccountPayload> {
    await redeem(ctx.deps, causeOf(ctx), { purpose: 'PASSWORD_RESET', token: input.token, newPassword: input.newPassword });
    return { errors: [] };
  }

  @Mutation(() => AccountPayload, { description: 'Sets the first password by the token of an invitation, once.' })
  @Directive('@attempt')
  @Guard(theWayBack)
  async activateAccount(
    @Arg('input', () => RedeemTokenInput, { description: 'Both.' }) input: RedeemTokenInput,
    @Ctx() ctx: IdentityContext,
  ): Promise<AccountPayload> {
    await redeem(ctx.deps, causeOf(ctx), { purpose: 'ACTIVATION', token: input.token, newPassword: input.newPassword });
    return { errors: [] };
  }

  @Query(() => [MailFace], {
    description: 'The newest mails of the local mailbox, for the gateway’s page in development; none in production.',
  })
  @Directive('@inaccessible')
  @Guard(gatewayOnly)
  async _mailbox(
    @Arg('first', () => Int, { description: 'How many, 100 at most.' }) first: number,
    @Ctx() { em, deps }: IdentityContext,
  ): Promise<Mail[]> {
    if (!deps.mailboxOpen) return [];
    return em.find(Mail, {}, { orderBy: { createdAt: 'desc', id: 'desc' }, limit: Math.min(Math.max(first, 0), 100) });
  }
}
