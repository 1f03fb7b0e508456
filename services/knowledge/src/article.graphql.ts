import { ARTICLE_AUDIENCES, ARTICLE_KINDS } from '@atende/events';
import { DateTime, enumOf, Guard, NodeFace, PageInfoFace, staffOnly, withItsParent } from '@atende/service';
import { Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { seesArticle } from './article.policy.ts';
import type { Article } from './article.ts';
import type { ArticleAudience, ArticleContent, ArticleKind } from './article-content.ts';
import { ARTICLE_STATUSES, type ArticleStatus } from './article-status.ts';

export const ArticleKindEnum = enumOf(ARTICLE_KINDS, 'ArticleKind', 'What sort of text an article is.', {
  INFORMATION: 'Informação: something that clients should know.',
  ARTICLE: 'Artigo: a cause and what mends it.',
  TIP: 'Dica: a shorter way.',
  TUTORIAL: 'Tutorial: step by step.',
  VIDEO: 'Vídeo: a link to one, and what it shows.',
});
export const ArticleAudienceEnum = enumOf(ARTICLE_AUDIENCES, 'ArticleAudience', 'For whom an article is published.', {
  PUBLIC: 'Anybody, signed in or not.',
  CLIENTS: 'Contacts of client organizations.',
  INTERNAL: 'Vendor staff.',
});
export const ArticleStatusEnum = enumOf(
  ARTICLE_STATUSES,
  'ArticleStatus',
  'Where an article stands. Only PUBLISHED ones are shown to readers.',
  {
    DRAFT: 'Never published.',
    PUBLISHED: 'Its audience sees its last edition.',
    RETIRED: 'Taken away from readers.',
  },
);

@ObjectType('Article', { description: 'An article of the knowledge base: what its readers see of it.', implements: NodeFace })
@Directive('@key(fields: "id")')
@Directive('@node(prefix: "art")')
@Guard(seesArticle)
export class ArticleFace
  implements
    Pick<
      Article,
      'id' | 'version' | 'slug' | 'kind' | 'status' | 'audience' | 'language' | 'title' | 'summary' | 'html' | 'labels' | 'edition'
    >
{
  @Field(() => ID, { description: 'Opaque; its prefix tells the type.' })
  id: string;
  @Field(() => Int, { description: 'Grows with every change.' })
  version: number;
  @Field(() => String, { description: 'Its name in addresses: unique, and never another.' })
  slug: string;
  @Field(() => ArticleKindEnum, { description: 'What sort of text it is.' })
  kind: ArticleKind;
  @Field(() => ArticleStatusEnum, { description: 'Where it stands.' })
  status: ArticleStatus;
  @Field(() => ArticleAudienceEnum, { description: 'For whom it is.' })
  audience: ArticleAudience;
  @Field(() => String, { description: 'Language: pt-BR, en or es.' })
  language: Article['language'];
  @Field(() => String, { description: 'Title, plain text.' })
  title: string;
  @Field(() => String, { description: 'What it is about in a sentence or two, plain text; may be empty.' })
  summary: string;
  @Field(() => String, {
    description: 'The body, rendered: HTML without scripts, styles, handlers, pictures and frames. Headings begin at h2.',
  })
  html: string;
  @Field(() => String, { nullable: true, description: 'The body as Markdown; for staff.' })
  @Guard(staffOnly)
  body: string;
  @Field(() => [String], { description: 'Labels, in small letters.' })
  labels: string[];
  @Field(() => Int, { description: 'How many times it was published.' })
  edition: number;
  @Field(() => DateTime, { nullable: true, description: 'When readers got its last edition.' })
  publishedAt: Date | null;
  @Field(() => DateTime, { description: 'When anything about it changed last.' })
  changedAt: Date;
}

@ObjectType('ArticleContent', { description: 'The content of an article at some moment: a draft, or an edition.' })
@Guard(staffOnly)
export class ArticleContentFace implements Omit<ArticleContent, 'productIds' | 'moduleIds'> {
  @Field(() => ArticleKindEnum, { description: 'What sort of text it is.' })
  kind: ArticleKind;
  @Field(() => String, { description: 'Language: pt-BR, en or es.' })
  language: ArticleContent['language'];
  @Field(() => ArticleAudienceEnum, { description: 'For whom it is.' })
  audience: ArticleAudience;
  @Field(() => String, { description: 'Title, plain text.' })
  title: string;
  @Field(() => String, { description: 'What it is about, plain text.' })
  summary: string;
  @Field(() => String, { description: 'The body as Markdown.' })
  body: string;
  @Field(() => [String], { description: 'Labels.' })
  labels: string[];
}

@ObjectType('ArticleDraft', { description: 'What the next edition of a published article will say.' })
@Guard(staffOnly)
export class ArticleDraftFace {
  @Field(() => ArticleContentFace, { description: 'Its content.' })
  content: ArticleContentFace;
  @Field(() => DateTime, { description: 'When it was saved last.' })
  savedAt: Date;
}

@ObjectType('Analyst', { description: 'Vendor staff.' })
@Directive('@key(fields: "id", resolvable: false)')
@Guard(withItsParent)
export class AnalystFace {
  @Field(() => ID, { description: 'Global id.' })
  id: string;
}

@ObjectType('ArticleEdition', { description: 'What readers were given, and when.' })
@Guard(staffOnly)
export class ArticleEditionFace {
  @Field(() => Int, { description: 'Counts from 1.' })
  number: number;
  @Field(() => ArticleContentFace, { description: 'Its content.' })
  content: ArticleContentFace;
  @Field(() => DateTime, { description: 'When it was published.' })
  publishedAt: Date;
  @Field(() => AnalystFace, { nullable: true, description: 'Who published it; null: the system.' })
  publishedBy?: AnalystFace | null;
}

@ObjectType('ArticleVotes', { description: 'Whether an article helped.' })
@Guard(withItsParent)
export class ArticleVotesFace {
  @Field(() => Int, { description: 'How many it helped.' })
  helpful: number;
  @Field(() => Int, { description: 'How many it did not help.' })
  unhelpful: number;
}

@ObjectType({ description: 'An article in a page.' })
@Guard(withItsParent)
export class ArticleEdge {
  @Field(() => ArticleFace, { description: 'The article.' })
  node: ArticleFace;
  @Field(() => String, { description: 'Where it stands.' })
  cursor: string;
}

@ObjectType({ description: 'A page of articles.' })
@Guard(withItsParent)
export class ArticleConnection {
  @Field(() => [ArticleEdge], { description: 'The page.' })
  edges: ArticleEdge[];
  @Field(() => PageInfoFace, { description: 'What stands around it.' })
  pageInfo: PageInfoFace;
}

@InputType('ArticleFilter', { description: 'Every part that is given must hold; lists mean "one of".' })
export class ArticleFilterInput {
  @Field(() => [ArticleKindEnum], { nullable: true, description: 'Of these kinds.' })
  kind: ArticleKind[] | null;
  @Field(() => [ArticleStatusEnum], { nullable: true, description: 'In these states; readers see PUBLISHED ones whatever they ask for.' })
  status: ArticleStatus[] | null;
  @Field(() => [ArticleAudienceEnum], { nullable: true, description: 'For these audiences.' })
  audience: ArticleAudience[] | null;
  @Field(() => String, { nullable: true, description: 'In this language.' })
  language: string | null;
  @Field(() => ID, { nullable: true, description: 'About this product.' })
  product: string | null;
  @Field(() => ID, { nullable: true, description: 'About this module.' })
  module: string | null;
  @Field(() => String, { nullable: true, description: 'With this label.' })
  label: string | null;
  @Field(() => String, { nullable: true, description: 'The one of this name in addresses.' })
  slug: string | null;
}
