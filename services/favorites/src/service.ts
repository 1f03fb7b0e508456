import 'reflect-metadata';
import { defineService } from '@atende/service';
import { consumers } from './consumers.ts';
import { FavoriteListResolver } from './favorite-list.resolver.ts';
import { FavoriteList } from './favorite-list.ts';
import { connectionReferences, optionReferences } from './field-option.references.ts';
import { FieldOption } from './field-option.ts';
import { FormFields } from './form-fields.ts';
import { messages } from './messages.ts';

export const favorites = defineService({
  name: 'favorites',
  home: new URL('../', import.meta.url),
  entities: [FavoriteList, FieldOption, FormFields],
  resolvers: [FavoriteListResolver],
  references: { FieldOption: optionReferences, FieldOptionConnection: connectionReferences },
  consumers,
  messages,
  rights: [
    // What options there are is for the events of tickets to say.
    'revoke insert, update, delete on table field_option, form_fields from favorites_app',
  ],
});
