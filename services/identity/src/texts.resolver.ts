import type { Texts } from '@atende/service';
import { FieldResolver, Resolver, Root } from 'type-graphql';
import { TextsFace } from './texts.graphql.ts';

@Resolver(() => TextsFace)
export class TextsResolver {
  @FieldResolver(() => String, { description: 'In Portuguese.' })
  ptBR(@Root() texts: Texts): string {
    return texts['pt-BR'];
  }
}
