import { createUnionType, Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Guard, policy, withItsParent } from '../policy.ts';
import { NodeFace, PageInfoFace, UserErrorFace } from '../shared.graphql.ts';
import type { Viewer } from '../viewer.ts';
import type { Box, Toy } from './toy.ts';

const memberOf = (viewer: Viewer, { organizationId }: Box): boolean =>
  viewer.contacts.some((contact) => contact.organizationId === organizationId);
export const boxSeen = policy('boxSeen', (viewer, box: Box) => memberOf(viewer, box) && box.open);
/** Broken toys are for supervisors: something that PostgreSQL's policies do not know. */
export const toySeen = policy('toySeen', (viewer, toy: Toy) => !toy.broken || viewer.roles.includes('SUPERVISOR'));
const packsIt = policy('packsIt', (viewer, { organizationId }: Box) =>
  viewer.contacts.some((contact) => contact.administrator && contact.organizationId === organizationId),
);

@ObjectType('Toy', { implements: NodeFace, description: 'Lies in a box.' })
@Directive('@key(fields: "id")')
@Guard(toySeen)
export class ToyFace extends NodeFace implements Pick<Toy, 'name'> {
  @Field(() => String, { description: 'Its name.' })
  name: string;
}

@ObjectType('Box', { implements: NodeFace, description: 'Holds toys.' })
@Directive('@key(fields: "id")')
@Directive('@node(prefix: "box")')
@Guard(boxSeen)
export class BoxFace extends NodeFace implements Pick<Box, 'label' | 'version'> {
  @Field(() => String, { description: 'What is written on it.' })
  label: string;
  @Field(() => Int, { description: 'Grows with every packing.' })
  version: number;
  @Field(() => String, { nullable: true, description: 'Where it stands.' })
  @Guard(packsIt)
  hiddenIn: string | null;
}

export const Thing = createUnionType({
  name: 'Thing',
  description: 'A box or a toy.',
  types: () => [BoxFace, ToyFace] as const,
  resolveType: (row: object) => ('boxId' in row ? 'Toy' : 'Box'),
});

@ObjectType('ToyEdge', { description: 'A toy in a list.' })
@Guard(withItsParent)
export class ToyEdge {
  @Field(() => ToyFace, { nullable: true, description: 'The toy.' })
  node: ToyFace | null;
  @Field(() => String, { description: 'Where it stands in the list.' })
  cursor: string;
}

@ObjectType('ToyConnection', { description: 'A page of toys.' })
@Guard(withItsParent)
export class ToyConnection {
  @Field(() => [ToyEdge], { description: 'The toys of the page.' })
  edges: ToyEdge[];
  @Field(() => PageInfoFace, { description: 'Where the page stands.' })
  pageInfo: PageInfoFace;
}

@ObjectType('BoxPayload', { description: 'What became of it.' })
@Guard(withItsParent)
export class BoxPayload {
  @Field(() => BoxFace, { nullable: true, description: 'The box.' })
  box: BoxFace | null;
  @Field(() => [UserErrorFace], { description: 'What to mend.' })
  errors: UserErrorFace[];
}

@InputType('PackBoxInput', { description: 'A new box.' })
export class PackBoxInput {
  @Field(() => String, { description: 'Chosen by the client.' })
  clientKey: string;
  @Field(() => String, { description: 'What to write on it.' })
  label: string;
}

@InputType('RelabelBoxInput', { description: 'Another label.' })
export class RelabelBoxInput {
  @Field(() => ID, { description: 'Which box.' })
  id: string;
  @Field(() => Int, { description: 'The version that was read.' })
  expectedVersion: number;
  @Field(() => String, { description: 'What to write on it.' })
  label: string;
}
