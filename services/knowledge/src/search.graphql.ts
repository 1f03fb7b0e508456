import { Guard, PageInfoFace, withItsParent } from '@atende/service';
import { Field, Float, ObjectType } from 'type-graphql';
import { ArticleFace } from './article.graphql.ts';

const SNIPPET = { description: 'Words around what was found, as HTML: plain text, escaped, with the hits in `<mark>`.' };

@ObjectType({ description: 'An article that a text has found.' })
@Guard(withItsParent)
export class ArticleHitEdge {
  @Field(() => ArticleFace, { description: 'The article.' })
  node: ArticleFace;
  @Field(() => String, SNIPPET)
  snippet: string;
  @Field(() => String, { description: 'Where it stands.' })
  cursor: string;
}

@ObjectType({ description: 'A page of what a text has found, the best first; 200 of it at most.' })
@Guard(withItsParent)
export class ArticleHitConnection {
  @Field(() => [ArticleHitEdge], { description: 'The page.' })
  edges: ArticleHitEdge[];
  @Field(() => PageInfoFace, { description: 'What stands around it.' })
  pageInfo: PageInfoFace;
}

@ObjectType({ description: 'An article that may answer a question.' })
@Guard(withItsParent)
export class ArticleSuggestion {
  @Field(() => ArticleFace, { description: 'The article.' })
  article: ArticleFace;
  @Field(() => String, SNIPPET)
  snippet: string;
  @Field(() => Float, {
    description: 'How well it fits, from 0 to 1: its share of the words, rare ones and titles weighing more, and its product.',
  })
  score: number;
}
