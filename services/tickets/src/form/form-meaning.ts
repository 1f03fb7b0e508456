import type { EnvironmentKind, ResolvedEntry } from '../catalogue/catalogue.ts';
import type { Meaning } from './form.ts';
import type { Value } from './form-answer.ts';
import type { Chosen } from './form-evaluation.ts';

/** What a ticket is about, whatever its form calls it (domain 2.1, 2.2). */
export interface CanonicalAnswers {
  /** Assunto, else Resumo */
  subject: string | null;
  summary: string | null;
  description: string | null;
  macroSegment: ResolvedEntry | null;
  product: ResolvedEntry | null;
  module: ResolvedEntry | null;
  routineGroup: ResolvedEntry | null;
  routine: ResolvedEntry | null;
  productLine: ResolvedEntry | null;
  environment: ResolvedEntry | null;
  environmentKind: EnvironmentKind | null;
  version: ResolvedEntry | null;
  country: ResolvedEntry | null;
  solicitationType: ResolvedEntry | null;
  /** codes, as the decision table of criticality reads them */
  category: string | null;
  origin: string | null;
  effect: string | null;
  impact: string | null;
  businessStoppage: string | null;
  inClientCustomization: boolean | null;
  directToBso: boolean;
  /** Agrupador de Serviço of the nearest chosen node */
  serviceGroup: string | null;
}

export function canonicalOf(chosen: ReadonlyMap<string, Chosen>, formProduct: ResolvedEntry | null): CanonicalAnswers {
  const meant = new Map([...chosen.values()].map((one) => [one.field.means, one]));
  const words = (meaning: Meaning): string | null => asText(meant.get(meaning)?.value);
  const entry = (meaning: Meaning): ResolvedEntry | null => meant.get(meaning)?.entries[0] ?? null;
  const code = (meaning: Meaning): string | null => entry(meaning)?.code ?? null;
  const flag = (meaning: Meaning): boolean | null => asFlag(meant.get(meaning)?.value);
  const tree = {
    macroSegment: entry('macroSegment'),
    product: entry('product') ?? formProduct,
    module: entry('module'),
    routineGroup: entry('routineGroup'),
    routine: entry('routine'),
  };
  return {
    subject: words('subject') ?? words('summary'),
    summary: words('summary'),
    description: words('description'),
    ...tree,
    productLine: entry('productLine') ?? tree.product,
    environment: entry('environment'),
    environmentKind: entry('environment')?.kind ?? null,
    version: entry('version'),
    country: entry('country'),
    solicitationType: entry('solicitationType'),
    category: code('category'),
    origin: code('origin'),
    effect: code('effect'),
    impact: code('impact'),
    businessStoppage: code('businessStoppage'),
    inClientCustomization: flag('inClientCustomization'),
    directToBso: flag('directToBso') ?? false,
    serviceGroup: Object.values(tree).findLast((node) => node?.serviceGroup)?.serviceGroup ?? null,
  };
}

const asText = (value: Value | undefined): string | null => (typeof value === 'string' ? value : null);
const asFlag = (value: Value | undefined): boolean | null => (typeof value === 'boolean' ? value : null);
