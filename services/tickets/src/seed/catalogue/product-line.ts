import { type CatalogueEntry, treeLevels } from '../../catalogue/catalogue.ts';
import { type Localized, sameText, text } from '../../form/form-text.ts';
import { entry, list, outline } from '../outline.ts';
import { commonEffects } from './effects.ts';

/** A product line of the seed: its node, its tree of modules as an outline, and its own lists beside it. */
export interface ProductLine {
  macroSegment: CatalogueEntry;
  code: string;
  labels: Localized;
  aliases?: string[];
  serviceGroup: string;
  /** newest first */
  versions: string[];
  effects: (readonly [string, Localized])[];
  modules: string;
  /** a line without environments of its own asks for none */
  hasEnvironments?: boolean;
}

const environments = [
  ['production', 'PRODUCTION', text('Produção', 'Production', 'Producción')],
  ['homologation', 'HOMOLOGATION', text('Homologação', 'Homologation', 'Homologación')],
  ['test', 'TEST', text('Teste', 'Test', 'Prueba')],
] as const;

export function productLine(line: ProductLine): CatalogueEntry[] {
  const { macroSegment, code, labels, aliases = [], serviceGroup, hasEnvironments = true } = line;
  const product = entry(macroSegment, { level: 'PRODUCT', code, labels, aliases, serviceGroup });
  const ownEnvironments = environments.map(([name, kind, words], position) =>
    entry(product, { level: 'ENVIRONMENT', code: name, kind, labels: words, position }),
  );
  return [
    product,
    ...outline(product, treeLevels.slice(2), line.modules),
    ...list(product, 'EFFECT', [...line.effects, ...commonEffects]),
    ...list(
      product,
      'VERSION',
      line.versions.map((version) => [version, sameText(version)] as const),
    ),
    ...(hasEnvironments ? ownEnvironments : []),
  ];
}
