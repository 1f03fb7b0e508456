import type { FieldDraft, FormDraft } from '../../form/form.ts';
import { type Localized, text } from '../../form/form-text.ts';
import { anySafeType } from './attachment-policy.ts';
import { checklist, stoppage } from './checklist.ts';
import { attachments, criticality, incident, originCountry, subject, watchers } from './fields.ts';

/** One step of the cascade: only what lies below the choice before it. */
const below = (
  parent: string | undefined,
  key: 'macroSegment' | 'product' | 'module' | 'routineGroup',
  level: string,
  label: Localized,
): FieldDraft => ({
  key,
  label,
  kind: 'SELECT',
  means: key,
  options: { levels: [level], parent },
  required: true,
});

/** "Ambiente" and "Versão" choose a product line here; their details choose an entry of that line (domain 2.1). */
const lineOf = (key: string, means: 'productLine' | 'versionLine', label: Localized): FieldDraft => ({
  key,
  label,
  kind: 'SELECT',
  means,
  options: { levels: ['PRODUCT'] },
  required: true,
});

const detailOf = (line: string, means: 'environment' | 'version', level: string, label: Localized): FieldDraft => ({
  key: `${line}Detail`,
  label,
  kind: 'SELECT',
  means,
  options: { levels: [level], parent: line },
  visible: { hasOptions: `${line}Detail` },
  required: true,
});

const classification: FieldDraft[] = [
  {
    key: 'organization',
    label: text('Organização', 'Organization', 'Organización'),
    kind: 'DISPLAY',
    means: 'organization',
    automatic: 'organization',
  },
  { ...originCountry, label: text('País', 'Country', 'País'), fixed: [{ when: { bso: true }, value: 'country:BR' }] },
  {
    key: 'impact',
    label: text('Impacto', 'Impact', 'Impacto'),
    kind: 'SELECT',
    means: 'impact',
    options: { levels: ['IMPACT'] },
    required: true,
  },
  {
    key: 'solicitationType',
    label: text('Tipo da solicitação', 'Type of request', 'Tipo de solicitud'),
    kind: 'SELECT',
    means: 'solicitationType',
    options: { levels: ['SOLICITATION_TYPE'] },
    required: true,
    fixed: [{ when: { bso: true }, value: 'solicitation-type:TECHNICAL_SUPPORT' }],
  },
  lineOf('environment', 'productLine', text('Ambiente', 'Environment', 'Ambiente')),
  detailOf(
    'environment',
    'environment',
    'ENVIRONMENT',
    text('Ambiente › {environment}', 'Environment › {environment}', 'Ambiente › {environment}'),
  ),
  lineOf('version', 'versionLine', text('Versão', 'Version', 'Versión')),
  detailOf('version', 'version', 'VERSION', text('Versão › {version}', 'Version › {version}', 'Versión › {version}')),
  below(undefined, 'macroSegment', 'MACRO_SEGMENT', text('Macrossegmento', 'Macro segment', 'Macrosegmento')),
  below('macroSegment', 'product', 'PRODUCT', text('Produto', 'Product', 'Producto')),
  below('product', 'module', 'MODULE', text('Módulo', 'Module', 'Módulo')),
  below('module', 'routineGroup', 'ROUTINE_GROUP', text('Agrupador de rotina', 'Routine group', 'Agrupador de rutina')),
  {
    key: 'directToBso',
    label: text('Direciona atendimento para BSO', 'Direct to BSO', 'Dirigir la atención a BSO'),
    kind: 'BOOLEAN',
    means: 'directToBso',
    visible: { bso: true },
    required: true,
    mustBeOn: true,
    default: [{ value: true }],
  },
];

const details: FieldDraft[] = [
  subject,
  { ...incident, key: 'description', label: text('Descrição', 'Description', 'Descripción') },
  criticality(false),
  { ...watchers, label: text('Usuários em cópia', 'Users in copy', 'Usuarios en copia') },
  attachments,
];

/** Suporte Técnico: a wizard of two steps, also for BSO clients. */
export const technicalSupport: FormDraft = {
  requestType: 'technical-support',
  serviceArea: 'TECHNICAL_SUPPORT',
  title: text('Suporte Técnico', 'Technical support', 'Soporte técnico'),
  entitledBy: ['technical-support'],
  product: null,
  steps: [
    {
      key: 'classification',
      title: text('Classificação', 'Classification', 'Clasificación'),
      submitLabel: text('Avançar', 'Next', 'Avanzar'),
      fields: classification,
    },
    {
      key: 'details',
      title: text('Detalhes', 'Details', 'Detalles'),
      submitLabel: text('Cadastrar novo ticket', 'Register new ticket', 'Registrar nuevo ticket'),
      fields: details,
    },
  ],
  guidance: [...checklist, ...stoppage({ field: 'impact', is: ['CRITICAL_NO_WORKAROUND'] })],
  attachmentPolicy: anySafeType,
};
