import { Guard, UserErrorFace, withItsParent } from '@atende/service';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { ArticleAudienceEnum, ArticleFace, ArticleKindEnum } from './article.graphql.ts';
import type { ArticleAudience, ArticleKind } from './article-content.ts';

@InputType({ description: 'The whole content of an article, new or changed.' })
export class SaveArticleInput {
  @Field(() => String, { nullable: true, description: 'Of a new article: the same key and input give the same article for a day.' })
  clientKey: string | null;
  @Field(() => ID, { nullable: true, description: 'The article that changes; absent for a new one.' })
  articleId: string | null;
  @Field(() => Int, { nullable: true, description: 'The version that was read; required for a change. Another one by now: CONFLICT.' })
  expectedVersion: number | null;
  @Field(() => ArticleKindEnum, { description: 'What sort of text it is.' })
  kind: ArticleKind;
  @Field(() => String, { description: 'Language: pt-BR, en or es.' })
  language: string;
  @Field(() => ArticleAudienceEnum, { description: 'For whom it is.' })
  audience: ArticleAudience;
  @Field(() => String, { description: 'Title: one line, 200 characters at most.' })
  title: string;
  @Field(() => String, { nullable: true, description: 'What it is about: 500 characters at most.' })
  summary: string | null;
  @Field(() => String, { description: 'Markdown without HTML, 50,000 characters at most. It may be empty until the article is published.' })
  body: string;
  @Field(() => [String], { nullable: true, description: 'Labels, 20 at most.' })
  labels: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Products it is about, as the catalogue names them.' })
  productIds: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Modules it is about, as the catalogue names them.' })
  moduleIds: string[] | null;
}

@InputType({ description: 'An article to be published or retired.' })
export class ArticleActionInput {
  @Field(() => ID, { description: 'The article.' })
  articleId: string;
  @Field(() => Int, { nullable: true, description: 'The version that was read. Another one by now: CONFLICT.' })
  expectedVersion: number | null;
}

@InputType({ description: 'Whether an article helped.' })
export class VoteArticleInput {
  @Field(() => ID, { description: 'The article.' })
  articleId: string;
  @Field(() => Boolean, { description: 'Whether it helped. A person’s later vote replaces the earlier.' })
  helpful: boolean;
}

@ObjectType({ description: 'The article after a change.' })
@Guard(withItsParent)
export class ArticlePayload {
  @Field(() => ArticleFace, { nullable: true, description: 'The article.' })
  article?: ArticleFace | null;
  @Field(() => [UserErrorFace], { description: 'What is wrong with the input, all at once.' })
  errors: UserErrorFace[];
}
