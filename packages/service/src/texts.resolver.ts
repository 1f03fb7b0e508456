import { FieldResolver, Resolver, Root } from 'type-graphql';
import type { Texts } from './language.ts';
import { TextsFace } from './texts.graphql.ts';

@Resolver(() => TextsFace)
export class TextsResolver {
  @FieldResolver(() => String, { description: 'In Portuguese.' })
  ptBR(@Root() texts: Texts): string {
    return texts['pt-BR'];
  }
}
