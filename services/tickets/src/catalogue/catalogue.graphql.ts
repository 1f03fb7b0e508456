import { Guard, UserErrorFace, withItsParent } from '@atende/service';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { FieldOptionFace } from '../form/form.graphql.ts';

@InputType({ description: 'An entry of the catalogue to be taken out of use.' })
export class RetireCatalogueEntryInput {
  @Field(() => ID, { description: 'The entry; nothing below it can be chosen any more either.' })
  id: string;
  @Field(() => Int, { nullable: true, description: 'CONFLICT when the entry has another version.' })
  expectedVersion: number | null;
  @Field(() => ID, { nullable: true, description: 'The entry of the same list that is to be chosen instead.' })
  replacedById: string | null;
}

@ObjectType({ description: 'The entry after the mutation, or why it was refused.' })
@Guard(withItsParent)
export class RetireCatalogueEntryPayload {
  @Field(() => FieldOptionFace, { nullable: true, description: 'The entry as it is now.' })
  entry?: FieldOptionFace | null;
  @Field(() => [UserErrorFace], { description: 'Everything that is wrong, at once.' })
  errors: UserErrorFace[];
}
