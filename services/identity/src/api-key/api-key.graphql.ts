import { DateTime, enumOf, Guard, Json, type KeyScope, keyScopes, UserErrorFace, type Viewer, withItsParent } from '@atende/service';
import { Directive, Field, ID, InputType, ObjectType } from 'type-graphql';
import type { ApiKey } from './api-key.ts';
import type { KeyHolder } from './api-key-exchange.ts';
import type { NewKey } from './api-key-input.ts';

export const KeyScopeEnum = enumOf(keyScopes, 'ApiKeyScope', 'What an API key may be used for, where its person may.', {
  READ: 'Queries and subscriptions.',
  WRITE_TICKETS: 'Opening tickets, everything that is done on them, and their files.',
  MANAGE_CONTACTS: 'The contacts of the organizations that its person administers.',
});

@ObjectType('ApiKey', { description: 'Lets a program ask in a person’s name: `Authorization: Bearer atende_…`.' })
@Guard(withItsParent)
export class ApiKeyFace implements Pick<ApiKey, 'id' | 'name' | 'scopes' | 'lastFour' | 'createdAt' | 'lastUsedAt' | 'expiresAt'> {
  @Field(() => ID, { description: 'Opaque.' })
  id: string;
  @Field(() => String, { description: 'As its person named it.' })
  name: string;
  @Field(() => [KeyScopeEnum], { description: 'What it may be used for.' })
  scopes: KeyScope[];
  @Field(() => String, { description: 'The last four characters, to know it by.' })
  lastFour: string;
  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt: Date;
  @Field(() => DateTime, { nullable: true, description: 'When it was used last, to ten minutes; null: never.' })
  lastUsedAt: Date | null;
  @Field(() => DateTime, { description: 'When it ends by itself.' })
  expiresAt: Date;
}

@InputType('CreateApiKeyInput', { description: 'A new key of one’s own.' })
export class CreateApiKeyInput implements NewKey {
  @Field(() => String, { description: 'The caller’s own key of this call: the same key and input give the same API key.' })
  clientKey: string;
  @Field(() => String, { description: 'What it is for, in one line of 100 characters at most.' })
  name: string;
  @Field(() => [KeyScopeEnum], { description: 'What it may be used for.' })
  scopes: KeyScope[];
  @Field(() => DateTime, { description: 'When it ends by itself: in a year at the latest.' })
  expiresAt: Date;
  @Field(() => String, { description: 'One’s own password: a key outlives the session in which it is made.' })
  password: string;
}

@ObjectType('CreateApiKeyPayload', { description: 'The new key, or why there is none.' })
@Guard(withItsParent)
export class CreateApiKeyPayload {
  @Field(() => ApiKeyFace, { nullable: true, description: 'The key.' })
  apiKey: ApiKey | null;
  @Field(() => String, {
    nullable: true,
    description: 'The key itself, in this one answer only: a repeat of the call does not get it again.',
  })
  secret: string | null;
  @Field(() => [UserErrorFace], { description: 'Everything that must be mended.' })
  errors: UserErrorFace[];
}

@InputType('RevokeApiKeyInput', { description: 'Which key.' })
export class RevokeApiKeyInput {
  @Field(() => ID, { description: 'The key.' })
  apiKeyId: string;
}

@ObjectType('RevokeApiKeyPayload', { description: 'The key that is good no more.' })
@Guard(withItsParent)
export class RevokeApiKeyPayload {
  @Field(() => ApiKeyFace, { nullable: true, description: 'The key.' })
  apiKey: ApiKey | null;
  @Field(() => [UserErrorFace], { description: 'Everything that must be mended.' })
  errors: UserErrorFace[];
}

@ObjectType('KeyHolder', { description: 'Whom a key stands for now, for gateways.' })
@Directive('@inaccessible')
@Guard(withItsParent)
export class KeyHolderFace implements KeyHolder {
  @Field(() => Json, { description: 'The viewer, with the session that a gateway watches and the key.' })
  viewer: Viewer;
  @Field(() => DateTime, { description: 'When the key ends by itself.' })
  expiresAt: Date;
}
