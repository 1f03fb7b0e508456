import { Guard, signedIn } from '@atende/service';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

@ObjectType('FieldOption', { description: 'An option of a field: an entry of the catalogue.' })
@Directive('@key(fields: "id")')
@Guard(signedIn)
export class FieldOptionFace {
  @Field(() => ID, { description: 'Global id: the value of an answer.' })
  id: string;
  @Field(() => Boolean, { nullable: true, description: 'Whether it is among the viewer’s favorites.' })
  @Directive('@personal')
  favorite: boolean | null;
}

@ObjectType('FieldOptionConnection', { description: 'A page of an option list.' })
@Directive('@key(fields: "id")')
@Guard(signedIn)
export class FieldOptionConnectionFace {
  @Field(() => ID, { description: 'Id of the list, the same in every form that offers it. Opaque.' })
  id: string;
  @Field(() => [FieldOptionFace], { nullable: true, description: 'The viewer’s favorites in this list, in the order they were saved.' })
  @Directive('@personal')
  favorites: FieldOptionFace[] | null;
}
