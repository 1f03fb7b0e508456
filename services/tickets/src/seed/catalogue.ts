import type { CatalogueEntry } from '../catalogue/catalogue.ts';
import { countries } from './catalogue/countries.ts';
import { datasul } from './catalogue/datasul.ts';
import {
  affectedUsers,
  businessStoppages,
  categories,
  databases,
  deployments,
  evidence,
  impacts,
  origins,
  solicitationTypes,
} from './catalogue/lists.ts';
import { logix } from './catalogue/logix.ts';
import { protheus } from './catalogue/protheus.ts';
import { rm } from './catalogue/rm.ts';
import { distribution, erp, logistics, valueAdded } from './catalogue/segments.ts';
import { bpoHr, cloud, datacenter, infra, rmo } from './catalogue/value-added.ts';
import { winthor } from './catalogue/winthor.ts';
import { wms } from './catalogue/wms.ts';

/** The catalogue that a new installation starts with: ours, editable, the same everywhere. Parents stand before their children. */
export const seedCatalogue: readonly CatalogueEntry[] = [
  ...[erp, distribution, logistics, valueAdded],
  ...[rm, protheus, datasul, logix, winthor, wms, cloud, datacenter, infra, rmo, bpoHr].flat(),
  ...[categories, origins, impacts, solicitationTypes, businessStoppages].flat(),
  ...[databases, deployments, affectedUsers, evidence, countries].flat(),
];
