import { Guard, UserErrorFace, withItsParent } from '@atende/service';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { FieldOptionFace } from './field-option.graphql.ts';

@ObjectType('FavoriteList', { description: 'The viewer’s favorites in an option list.' })
@Guard(withItsParent)
export class FavoriteListFace {
  @Field(() => Int, { description: 'Counts how often it was saved; 0 when never. Give it as `expectedVersion`.' })
  version: number;
  @Field(() => [FieldOptionFace], { description: 'In the order they were saved; retired ones drop out.' })
  options: FieldOptionFace[];
}

@InputType({ description: 'The whole list of favorites, as it is to be.' })
export class SaveFavoritesInput {
  @Field(() => String, { description: 'Key of the field, as forms call it.' })
  field: string;
  @Field(() => ID, { nullable: true, description: 'The option chosen above it, where the list depends on one.' })
  parent: string | null;
  @Field(() => [ID], { description: 'The options in the order wanted, 50 at most. Others are no favorites any more.' })
  optionIds: string[];
  @Field(() => Int, { nullable: true, description: 'CONFLICT when the list has another version; 0 for one that was never saved.' })
  expectedVersion: number | null;
}

@ObjectType({ description: 'The list after the mutation, or why it was refused.' })
@Guard(withItsParent)
export class SaveFavoritesPayload {
  @Field(() => FavoriteListFace, { nullable: true, description: 'The list as it is now.' })
  list?: FavoriteListFace | null;
  @Field(() => [UserErrorFace], { description: 'Everything that is wrong, at once.' })
  errors: UserErrorFace[];
}
