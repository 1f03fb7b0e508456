import type { FieldDraft, FormDraft } from '../../form/form.ts';
import { type Localized, sameText, text } from '../../form/form-text.ts';
import { blockingEffects } from '../catalogue/effects.ts';
import { archivesOnly } from './attachment-policy.ts';
import { checklist, stoppage } from './checklist.ts';
import {
  attachments,
  client,
  clientContact,
  criticality,
  effect,
  incident,
  moduleProduct,
  origin,
  originCountry,
  processRoutine,
  service,
  subject,
  summary,
  watchers,
} from './fields.ts';

/** What is the same on every value-added form: a single step, archives only, no criticality to be seen. */
function valueAdded(code: string, title: Localized, asked: (product: string) => FieldDraft[], guidance: FieldDraft[]): FormDraft {
  const requestType = `value-added.${code}`;
  const product = `value-added/${code}`;
  return {
    requestType,
    serviceArea: 'VALUE_ADDED',
    title,
    entitledBy: [requestType],
    product,
    steps: [
      {
        key: 'ticket',
        title,
        submitLabel: text('Abrir chamado', 'Open ticket', 'Abrir ticket'),
        fields: [service(product), client, ...asked(product), subject, summary, incident, criticality(false), watchers, attachments],
      },
    ],
    guidance,
    attachmentPolicy: archivesOnly,
  };
}

const hosted = (product: string) => [clientContact, originCountry, origin, effect(product), moduleProduct(product), processRoutine];
const operated = (product: string) => [clientContact, originCountry, moduleProduct(product), processRoutine];

/** BPO RH calls the same nodes "Produto" and "Rotina". */
const outsourced = (product: string): FieldDraft[] => [
  { ...clientContact, label: text('Contato', 'Contact', 'Contacto') },
  { ...moduleProduct(product), key: 'product', label: text('Produto', 'Product', 'Producto') },
  {
    ...processRoutine,
    key: 'routine',
    label: text('Rotina', 'Routine', 'Rutina'),
    options: { levels: ['ROUTINE'], parent: 'product', depth: 'DESCENDANTS' },
  },
];

const whereEffectBlocks = [...checklist, ...stoppage({ field: 'effect', is: blockingEffects })];

/** Infra Services, RMO and BPO RH ask for no effect that could say so: there the stoppage is always asked. */
const always = [...checklist, ...stoppage(true)];

export const valueAddedCloud = valueAdded('cloud', sameText('Cloud Computing'), hosted, whereEffectBlocks);
export const valueAddedDatacenter = valueAdded('datacenter', sameText('Datacenter'), hosted, whereEffectBlocks);
export const valueAddedInfra = valueAdded('infra', sameText('Infra Services'), operated, always);
export const valueAddedRmo = valueAdded('rmo', sameText('RMO'), operated, always);
export const valueAddedBpoHr = valueAdded('bpo-hr', text('BPO RH', 'HR outsourcing', 'BPO RR. HH.'), outsourced, always);
