import 'reflect-metadata';
import { defineService } from '@atende/service';

export const knowledge = defineService({ name: 'knowledge', home: new URL('../', import.meta.url), entities: [], resolvers: [] });
