import type { FieldDraft, FormDraft } from '../../form/form.ts';
import { sameText, text } from '../../form/form-text.ts';
import { blockingEffects } from '../catalogue/effects.ts';
import { anySafeType } from './attachment-policy.ts';
import { checklist, stoppage } from './checklist.ts';
import {
  attachments,
  category,
  criticality,
  effect,
  incident,
  moduleProduct,
  origin,
  originCountry,
  processRoutine,
  summary,
  watchers,
} from './fields.ts';

const onBehalfOfClient: FieldDraft = {
  key: 'onBehalfOfClient',
  label: text(
    'Deseja incluir o chamado em nome do cliente?',
    'Open the ticket on behalf of the client?',
    '¿Desea incluir el ticket en nombre del cliente?',
  ),
  help: text('Informe a organização e o contato.', 'Say the organization and the contact.', 'Indique la organización y el contacto.'),
  kind: 'ON_BEHALF',
  means: 'onBehalf',
  visible: { staff: true },
};

/** "Ambiente" is the product's own environment here, with its kind: production, homologation, test. */
const environment = (product: string): FieldDraft => ({
  key: 'environment',
  label: text('Ambiente', 'Environment', 'Ambiente'),
  kind: 'SELECT',
  means: 'environment',
  options: { levels: ['ENVIRONMENT'], root: product },
  required: true,
});

const version = (product: string): FieldDraft => ({
  key: 'version',
  label: text('Versão', 'Version', 'Versión'),
  kind: 'SELECT',
  means: 'version',
  options: { levels: ['VERSION'], root: product },
  required: true,
});

function software(code: string, name: string, product: string): FormDraft {
  const requestType = `software.${code}`;
  return {
    requestType,
    serviceArea: 'SOFTWARE',
    title: sameText(name),
    entitledBy: [requestType],
    product,
    steps: [
      {
        key: 'ticket',
        title: sameText(name),
        submitLabel: text('Continuar', 'Continue', 'Continuar'),
        fields: [
          ...[onBehalfOfClient, originCountry, category, origin, effect(product), environment(product), version(product)],
          ...[moduleProduct(product), processRoutine, summary, incident, criticality(true), watchers, attachments],
        ],
      },
    ],
    guidance: [...checklist, ...stoppage({ field: 'effect', is: blockingEffects })],
    attachmentPolicy: anySafeType,
  };
}

export const softwareForms: FormDraft[] = [
  software('rm', 'RM', 'erp/rm'),
  software('protheus', 'Protheus', 'erp/protheus'),
  software('datasul', 'Datasul', 'erp/datasul'),
  software('logix', 'Logix', 'erp/logix'),
  software('winthor', 'Winthor', 'distribution/winthor'),
  software('wms', 'WMS', 'logistics/wms'),
];
