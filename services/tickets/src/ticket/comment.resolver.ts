import { FieldResolver, Resolver, Root } from 'type-graphql';
import { Actor, Analyst, Contact, reference } from '../people.graphql.ts';
import { CommentFace } from './comment.graphql.ts';
import { Comment } from './comment.ts';

@Resolver(() => CommentFace)
export class CommentResolver {
  @FieldResolver(() => Actor, { nullable: true, description: 'Who wrote it.' })
  author(@Root() { authorId }: Comment): Contact | Analyst | null {
    return reference(authorId);
  }
}
