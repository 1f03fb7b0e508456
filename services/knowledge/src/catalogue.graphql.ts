import { Guard, withItsParent } from '@atende/service';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** An option of the catalogue as articles name it; tickets says what it is called. */
@ObjectType('FieldOption', { description: 'An option of a field.' })
@Directive('@key(fields: "id", resolvable: false)')
@Guard(withItsParent)
export class FieldOptionFace {
  @Field(() => ID, { description: 'Global id.' })
  id: string;
}

/** References to options of the catalogue. */
export const options = (ids: string[]): FieldOptionFace[] => ids.map((id) => ({ id }));
