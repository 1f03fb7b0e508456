import 'reflect-metadata';
import { defineService } from '@atende/service';

export const favorites = defineService({ name: 'favorites', home: new URL('../', import.meta.url), entities: [], resolvers: [] });
