import { GraphQLDateTime, GraphQLJSON } from 'graphql-scalars';
import { Directive, Field, ID, InputType, Int, InterfaceType, ObjectType, registerEnumType } from 'type-graphql';
import { ErrorCode } from './errors.ts';
import { mayHavePersonalData } from './personal-data.ts';
import { Guard, publicPolicy, withItsParent } from './policy.ts';

// The types that every service's face shares, once. The composer merges them because they are the same everywhere.
registerEnumType(ErrorCode, { name: 'ErrorCode', description: 'The closed list of error codes.' });
export const DateTime = GraphQLDateTime;
export const Json = GraphQLJSON;

@ObjectType('UserError', { description: 'Something the user can mend.' })
@Directive('@shareable')
@Guard(withItsParent)
export class UserErrorFace {
  @Field(() => ErrorCode, { description: 'What is wrong.' })
  code: ErrorCode;
  @Field(() => [String], { description: 'Path into the input; empty when it is about the whole.' })
  field: string[];
  @Field(() => String, { description: 'For people, in the language asked for.' })
  message: string;
}

@ObjectType('PageInfo', { description: 'Where a page stands in its connection.' })
@Directive('@shareable')
@Guard(withItsParent)
export class PageInfoFace {
  @Field(() => Boolean, { description: 'Whether something follows the last edge.' })
  hasNextPage: boolean;
  @Field(() => Boolean, { description: 'Whether something stands before the first edge.' })
  hasPreviousPage: boolean;
  @Field(() => String, { nullable: true, description: 'Cursor of the first edge.' })
  startCursor: string | null;
  @Field(() => String, { nullable: true, description: 'Cursor of the last edge.' })
  endCursor: string | null;
}

@ObjectType('EventFeed', { description: 'A page of a service’s own events, for gateways and consumers.' })
@Directive('@inaccessible')
@Directive('@shareable')
@Guard(withItsParent)
export class EventFeedFace {
  @Field(() => String, { description: 'Changes when the store was restored; cursors of another epoch are expired.' })
  epoch: string;
  @Field(() => Int, { description: 'The last numbered position.' })
  position: number;
  @Field(() => [Json], { description: 'Envelopes in the order of their positions.' })
  events: unknown[];
}

@InputType('EventWatcherInput', { description: 'One class of equal watchers of one subscription.' })
@Directive('@inaccessible')
export class EventWatcherInput {
  @Field(() => Json, { description: 'The viewer of the class.' })
  viewer: unknown;
  @Field(() => Json, { nullable: true, description: 'The subscription’s arguments.' })
  filter: Record<string, unknown> | null;
}

@ObjectType('EventAudience', { description: 'What a watcher learns about an event it may see.' })
@Directive('@inaccessible')
@Directive('@shareable')
@Guard(withItsParent)
export class EventAudienceFace {
  @Field(() => Boolean, { description: 'Whether the object matches the filter now.' })
  matches: boolean;
  @Field(() => Boolean, { description: 'Ask again for each person of this class: the object is bound to some of them.' })
  perPerson: boolean;
}

@InterfaceType('Node', { description: 'Anything with a global id.', resolveType: (row: { __typename?: string }) => row.__typename })
export abstract class NodeFace {
  @Field(() => ID, { description: 'Opaque; its prefix tells the type.' })
  id: string;
}

@ObjectType('SearchResult', { description: 'What a text finds, in sections; each is its owner’s, under the owner’s permissions.' })
@Directive('@key(fields: "text")')
@Directive('@entry(field: "search(text: String!): SearchResult!")')
@Guard(publicPolicy('published articles are for anybody; every other section asks who is there'))
export class SearchResultFace {
  @Field(() => String, { description: 'What was searched for.' })
  text: string;
}

@ObjectType('PersonalData', { description: 'Everything held on a person, in sections; each is its owner’s (LGPD, art. 18).' })
@Directive('@key(fields: "personId")')
@Directive('@entry(field: "personalData(personId: ID!): PersonalData!")')
@Guard(mayHavePersonalData)
export class PersonalDataFace {
  @Field(() => ID, { description: 'Whose.' })
  personId: string;
}
