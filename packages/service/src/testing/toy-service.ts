import 'reflect-metadata';
import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { setting } from '../config.ts';
import { searchResults } from '../search.ts';
import { defineService } from '../service.ts';
import { BoxResolver, ToySearchResolver } from './toy.resolver.ts';
import { Box, Toy } from './toy.ts';

export const toyIds = {
  org: 'org_acme',
  other: 'org_globex',
  box: 'box_a',
  shut: 'box_shut',
  foreign: 'box_foreign',
  car: 'toy_car',
  doll: 'toy_doll',
} as const;

async function fill(em: EntityManager): Promise<void> {
  if ((await em.count(Box)) > 0) return;
  const box = { organizationId: toyIds.org, label: 'first', hiddenIn: 'attic', open: true, version: 0 };
  em.create(Box, { ...box, id: toyIds.box });
  em.create(Box, { ...box, id: toyIds.shut, open: false });
  em.create(Box, { ...box, id: toyIds.foreign, organizationId: toyIds.other });
  em.create(Toy, { id: toyIds.car, boxId: toyIds.box, name: 'car', broken: false });
  em.create(Toy, { id: toyIds.doll, boxId: toyIds.box, name: 'doll', broken: true });
  await em.flush();
}

/** A service for the tests of this package. */
export const toys = defineService({
  name: 'toys',
  home: new URL('./', import.meta.url),
  entities: [Box, Toy],
  resolvers: [BoxResolver, ToySearchResolver],
  references: {
    Box: ({ em }, ids) => em.find(Box, { id: { $in: ids } }),
    Toy: ({ em }, ids) => em.find(Toy, { id: { $in: ids } }),
    SearchResult: searchResults,
  },
  settings: { TOY_MAKER: setting(z.string().default('nobody'), 'who makes them', 'santa') },
  commands: {
    count: async ({ em }) => `${await em.count(Box)} boxes`,
  },
  seedDemo: ({ em }) => fill(em),
});
