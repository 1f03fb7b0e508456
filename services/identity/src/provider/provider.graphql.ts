import { Guard, publicPolicy, UserErrorFace, withItsParent } from '@atende/service';
import { Field, ID, InputType, ObjectType } from 'type-graphql';

export const theOtherDoor = publicPolicy('it is how anybody becomes somebody by a provider');

@ObjectType('SignInProvider', { description: 'Somebody else who vouches for people: an OpenID Connect provider.' })
@Guard(theOtherDoor)
export class SignInProviderFace {
  @Field(() => ID, { description: 'What beginProviderSignIn takes.' })
  id: string;
  @Field(() => String, { description: 'As people know it.' })
  name: string;
}

@InputType('BeginProviderSignInInput', { description: 'By whom.' })
export class BeginProviderSignInInput {
  @Field(() => ID, { description: 'The provider.' })
  providerId: string;
}

@ObjectType('BeginProviderSignInPayload', { description: 'The way to a provider.' })
@Guard(withItsParent)
export class BeginProviderSignInPayload {
  @Field(() => String, { nullable: true, description: 'Where the browser goes. It comes back to /sign-in/callback of the portal.' })
  authorizationUrl: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'The browser keeps it until it comes back, and gives it to nobody else. Ten minutes, once.',
  })
  secret: string | null;
  @Field(() => [UserErrorFace], { description: 'Everything that must be mended.' })
  errors: UserErrorFace[];
}

@InputType('CompleteProviderSignInInput', { description: 'Who came back from a provider.' })
export class CompleteProviderSignInInput {
  @Field(() => String, { description: 'What beginProviderSignIn gave this browser.' })
  secret: string;
  @Field(() => String, { description: 'The whole address at which the browser came back.' })
  callbackUrl: string;
}
