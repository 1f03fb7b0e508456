import { anonymous, Guard } from '@atende/service';
import { Arg, Ctx, Directive, Mutation, Query, Resolver } from 'type-graphql';
import { causeOf, type IdentityContext } from '../identity-context.ts';
import { SignInPayload } from '../session/session.graphql.ts';
import { letIn } from '../session/session.resolver.ts';
import {
  BeginProviderSignInInput,
  BeginProviderSignInPayload,
  CompleteProviderSignInInput,
  SignInProviderFace,
  theOtherDoor,
} from './provider.graphql.ts';
import { type Asking, beginProviderSignIn, completeProviderSignIn } from './provider-sign-in.ts';

@Resolver()
export class ProviderResolver {
  @Query(() => [SignInProviderFace], { description: 'By whom one may sign in, beside e-mail and password.' })
  @Guard(theOtherDoor)
  signInProviders(@Ctx() { deps }: IdentityContext): SignInProviderFace[] {
    return [...deps.providers.values()].map(({ provider: { id, name } }) => ({ id, name }));
  }

  @Mutation(() => BeginProviderSignInPayload, {
    description: 'Begins to sign in by a provider. DEPENDENCY_UNAVAILABLE while it does not answer.',
  })
  @Directive('@attempt')
  @Guard(theOtherDoor)
  async beginProviderSignIn(
    @Arg('input', () => BeginProviderSignInInput, { description: 'By whom.' }) { providerId }: BeginProviderSignInInput,
    @Ctx() ctx: IdentityContext,
  ): Promise<BeginProviderSignInPayload> {
    return { ...(await beginProviderSignIn(ctx.deps, askingIn(ctx), providerId)), errors: [] };
  }

  @Mutation(() => SignInPayload, { description: 'Signs in whom the provider vouches for, if they are somebody here already.' })
  @Directive('@attempt')
  @Guard(theOtherDoor)
  async completeProviderSignIn(
    @Arg('input', () => CompleteProviderSignInInput, { description: 'Who came back.' }) input: CompleteProviderSignInInput,
    @Ctx() ctx: IdentityContext,
  ): Promise<SignInPayload> {
    return letIn(ctx, await completeProviderSignIn(ctx.deps, askingIn(ctx), input));
  }
}

const askingIn = (ctx: IdentityContext): Asking => ({ ...causeOf(ctx), viewer: anonymous, address: ctx.address, log: ctx.log });
