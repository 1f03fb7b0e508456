import type { FormDraft } from '../../form/form.ts';
import { type Localized, text } from '../../form/form-text.ts';
import { anySafeType } from './attachment-policy.ts';
import { attachments, client, clientContact, criticality, incident, originCountry, subject, summary, watchers } from './fields.ts';

/** Relationship is for every organization, and asks nothing about a product. */
const relationship = (code: string, title: Localized): FormDraft => ({
  requestType: `relationship.${code}`,
  serviceArea: 'RELATIONSHIP',
  title,
  entitledBy: [],
  product: null,
  steps: [
    {
      key: 'ticket',
      title,
      submitLabel: text('Abrir chamado', 'Open ticket', 'Abrir ticket'),
      fields: [client, clientContact, originCountry, subject, summary, incident, criticality(false), watchers, attachments],
    },
  ],
  guidance: [],
  attachmentPolicy: anySafeType,
});

export const relationshipForms: FormDraft[] = [
  relationship('cst', text('Service Centre (CST)', 'Service Centre (CST)', 'Centro de servicios (CST)')),
  relationship('ombudsman', text('Ouvidoria', 'Ombudsman', 'Defensoría del cliente')),
];
