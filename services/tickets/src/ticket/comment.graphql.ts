import { DateTime, Guard, NodeFace, PageInfoFace, withItsParent } from '@atende/service';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { commentSeen } from './ticket.policy.ts';

@ObjectType('Comment', { implements: NodeFace, description: 'A message on a ticket.' })
@Directive('@key(fields: "id")')
@Directive('@node(prefix: "cmt")')
@Guard(commentSeen)
export class CommentFace {
  @Field(() => ID, { description: 'Global id.' })
  id: string;
  @Field(() => String, { description: 'Plain text.' })
  body: string;
  @Field(() => Boolean, { description: 'An internal note: never shown to clients.' })
  internal: boolean;
  @Field(() => DateTime, { description: 'When it was written.' })
  createdAt: Date;
}

@ObjectType('CommentEdge', { description: 'A message in a page.' })
@Guard(withItsParent)
export class CommentEdge {
  @Field(() => CommentFace, { description: 'The message.' })
  node: CommentFace;
  @Field(() => String, { description: 'Where it stands.' })
  cursor: string;
}

@ObjectType('CommentConnection', { description: 'A page of messages, oldest first.' })
@Guard(withItsParent)
export class CommentConnection {
  @Field(() => [CommentEdge], { description: 'The page.' })
  edges: CommentEdge[];
  @Field(() => PageInfoFace, { description: 'What stands around it.' })
  pageInfo: PageInfoFace;
}
