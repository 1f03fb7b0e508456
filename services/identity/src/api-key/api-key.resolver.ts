import { Guard, gatewayOnly, isApiKey, type Viewer } from '@atende/service';
import { Arg, Ctx, Directive, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { ContactFace } from '../contact/contact.graphql.ts';
import type { Contact } from '../contact/contact.ts';
import type { IdentityContext } from '../identity-context.ts';
import { ViewerFace } from '../session/viewer.graphql.ts';
import { createKey, keysOf, revokeKey } from './api-key.deeds.ts';
import {
  ApiKeyFace,
  CreateApiKeyInput,
  CreateApiKeyPayload,
  KeyHolderFace,
  RevokeApiKeyInput,
  RevokeApiKeyPayload,
} from './api-key.graphql.ts';
import { keepsKeysOf, makesKeys } from './api-key.policy.ts';
import type { ApiKey } from './api-key.ts';
import { exchangeKey, type KeyHolder } from './api-key-exchange.ts';

@Resolver(() => ViewerFace)
export class ApiKeyResolver {
  @Mutation(() => CreateApiKeyPayload, { description: 'Makes an API key for oneself. It never may more than oneself may.' })
  @Directive('@attempt')
  @Guard(makesKeys)
  createApiKey(
    @Arg('input', () => CreateApiKeyInput, { description: 'What for.' }) input: CreateApiKeyInput,
    @Ctx() ctx: IdentityContext,
  ): Promise<CreateApiKeyPayload> {
    return createKey(ctx, input);
  }

  @Mutation(() => RevokeApiKeyPayload, {
    description: 'Ends an API key: one’s own, as a supervisor anybody’s.',
  })
  @Guard(makesKeys)
  async revokeApiKey(
    @Arg('input', () => RevokeApiKeyInput, { description: 'Which.' }) { apiKeyId }: RevokeApiKeyInput,
    @Ctx() ctx: IdentityContext,
  ): Promise<RevokeApiKeyPayload> {
    return { apiKey: await revokeKey(ctx, apiKeyId), errors: [] };
  }

  @FieldResolver(() => [ApiKeyFace], { description: 'The API keys that one made and nobody revoked, the newest first.' })
  apiKeys(@Root() viewer: Viewer, @Ctx() { em }: IdentityContext): Promise<ApiKey[]> {
    return keysOf(em, viewer.personId ?? '');
  }

  @Query(() => KeyHolderFace, { nullable: true, description: 'Whom an API key stands for now, for gateways; null: nobody.' })
  @Directive('@inaccessible')
  @Guard(gatewayOnly)
  async _keyHolder(
    @Arg('key', () => String, { description: 'The key.' }) key: string,
    @Ctx() { deps, now }: IdentityContext,
  ): Promise<KeyHolder | null> {
    return isApiKey(key) ? exchangeKey(deps.forWorker(), key, now) : null;
  }
}

@Resolver(() => ContactFace)
export class ContactKeyResolver {
  @FieldResolver(() => [ApiKeyFace], {
    nullable: true,
    description: 'The API keys of its person, for itself and supervisors.',
  })
  @Directive('@personal')
  @Guard(keepsKeysOf)
  apiKeys(@Root() { personId }: Contact, @Ctx() { em }: IdentityContext): Promise<ApiKey[]> {
    return keysOf(em, personId);
  }
}
