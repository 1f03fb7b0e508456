import { FieldResolver, Resolver, Root } from 'type-graphql';
import { CommentFace } from './comment.graphql.ts';
import { Comment } from './comment.ts';
import { Actor, Analyst, Contact, reference } from './people.graphql.ts';

@Resolver(() => CommentFace)
export class CommentResolver {
  @FieldResolver(() => Actor, { nullable: true, description: 'Who wrote it.' })
  author(@Root() { authorId }: Comment): Contact | Analyst | null {
    return reference(authorId);
  }
}
