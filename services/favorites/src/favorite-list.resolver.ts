import { type Context, ErrorCode, Guard, RequestError, signedIn } from '@atende/service';
import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { saveFavorites } from './favorite-list.deeds.ts';
import { FavoriteListFace, SaveFavoritesInput, SaveFavoritesPayload } from './favorite-list.graphql.ts';
import { keepsFavorites } from './favorite-list.policy.ts';
import { favoritesNamed } from './favorite-list.queries.ts';

@Resolver(() => FavoriteListFace)
export class FavoriteListResolver {
  @Query(() => FavoriteListFace, { description: 'The viewer’s favorites in an option list, the same in every form that offers it.' })
  @Guard(signedIn)
  async favoriteList(
    @Arg('field', () => String, { description: 'Key of the field, as forms call it.' }) field: string,
    @Arg('parent', () => ID, { nullable: true, description: 'The option chosen above it.' }) parent: string | null | undefined,
    @Ctx() { em, viewer }: Context,
  ): Promise<FavoriteListFace> {
    const favorites = await favoritesNamed(em, viewer, field, parent);
    if (!favorites) throw new RequestError(ErrorCode.BAD_USER_INPUT, 'No form has a field of that name with options.');
    return favorites as FavoriteListFace;
  }

  @Mutation(() => SaveFavoritesPayload, { description: 'Replaces the viewer’s favorites in an option list.' })
  @Guard(keepsFavorites)
  async saveFavorites(
    @Arg('input', () => SaveFavoritesInput, { description: 'The list.' }) input: SaveFavoritesInput,
    @Ctx() { em, viewer, now }: Context,
  ): Promise<SaveFavoritesPayload> {
    return { list: (await saveFavorites(em, viewer, now, input)) as FavoriteListFace, errors: [] };
  }
}
