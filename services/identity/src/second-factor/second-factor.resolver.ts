import { Guard, signedIn, type Viewer } from '@atende/service';
import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { tokensLeft } from '../account/one-time-token.ts';
import type { IdentityContext } from '../identity-context.ts';
import { ViewerFace } from '../session/viewer.graphql.ts';
import { factorOf } from './otp.ts';
import { beginTotp, confirmTotp, renewRecoveryCodes, turnOffTotp } from './second-factor.deeds.ts';
import {
  BeginTotpInput,
  BeginTotpPayload,
  RecoveryCodesPayload,
  SecondFactorFace,
  TotpCodeInput,
  TurnOffTotpInput,
  TurnOffTotpPayload,
} from './second-factor.graphql.ts';

@Resolver(() => ViewerFace)
export class SecondFactorResolver {
  @FieldResolver(() => SecondFactorFace, { nullable: true, description: 'What is wanted beside the password; null: nothing.' })
  async secondFactor(@Root() { personId }: Viewer, @Ctx() { deps, now }: IdentityContext): Promise<SecondFactorFace | null> {
    const em = deps.forWorker(); // a table that no request reads; asked about the viewer alone
    const confirmedAt = (await factorOf(em, personId ?? ''))?.confirmedAt;
    return confirmedAt ? { confirmedAt, recoveryCodesLeft: await tokensLeft(em, personId ?? '', 'RECOVERY', now) } : null;
  }

  @Mutation(() => BeginTotpPayload, {
    description: 'Begins to set up an authenticator app. It is wanted only once a code of it confirmed it.',
  })
  @Directive('@attempt')
  @Guard(signedIn)
  async beginTotp(
    @Arg('input', () => BeginTotpInput, { description: 'Who asks.' }) { password }: BeginTotpInput,
    @Ctx() ctx: IdentityContext,
  ): Promise<BeginTotpPayload> {
    return { ...(await beginTotp(ctx, password)), errors: [] };
  }

  @Mutation(() => RecoveryCodesPayload, { description: 'From here on signing in by password wants a code. Tells the recovery codes.' })
  @Directive('@attempt')
  @Guard(signedIn)
  async confirmTotp(
    @Arg('input', () => TotpCodeInput, { description: 'The first code.' }) { code }: TotpCodeInput,
    @Ctx() ctx: IdentityContext,
  ): Promise<RecoveryCodesPayload> {
    return { recoveryCodes: await confirmTotp(ctx, code), errors: [] };
  }

  @Mutation(() => RecoveryCodesPayload, { description: 'Other recovery codes; those of before are good no more.' })
  @Directive('@attempt')
  @Guard(signedIn)
  async renewRecoveryCodes(
    @Arg('input', () => TotpCodeInput, { description: 'A code.' }) { code }: TotpCodeInput,
    @Ctx() ctx: IdentityContext,
  ): Promise<RecoveryCodesPayload> {
    return { recoveryCodes: await renewRecoveryCodes(ctx, code), errors: [] };
  }

  @Mutation(() => TurnOffTotpPayload, { description: 'From here on the password is enough.' })
  @Directive('@attempt')
  @Guard(signedIn)
  async turnOffTotp(
    @Arg('input', () => TurnOffTotpInput, { description: 'Proof.' }) input: TurnOffTotpInput,
    @Ctx() ctx: IdentityContext,
  ): Promise<TurnOffTotpPayload> {
    await turnOffTotp(ctx, input);
    return { errors: [] };
  }
}
