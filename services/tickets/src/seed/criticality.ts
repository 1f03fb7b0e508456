import { type CriticalityRow, decisionRowsSchema } from '../criticality/criticality.ts';
import { text } from '../form/form-text.ts';
import { blockingEffects } from './catalogue/effects.ts';

// Ours: supervisors edit it. The first row that matches decides; the last matches everything.
export const seedDecisionTable: readonly CriticalityRow[] = decisionRowsSchema.parse([
  {
    id: 'customization-request',
    when: { category: ['CUSTOMIZATION', 'IMPROVEMENT', 'CONSULTING'] },
    value: 'LOW',
    reason: text(
      'Pedido de melhoria, customização ou consultoria',
      'Request for an improvement, customization or consulting',
      'Pedido de mejora, personalización o consultoría',
    ),
  },
  {
    id: 'own-customization',
    when: { inClientCustomization: [true] },
    value: 'MEDIUM',
    reason: text(
      'Ocorre em customização do cliente',
      "Occurs in the client's own customization",
      'Ocurre en una personalización del cliente',
    ),
  },
  {
    id: 'not-production',
    when: { environmentKind: ['HOMOLOGATION', 'TEST'] },
    value: 'MEDIUM',
    reason: text('Ambiente que não é de produção', 'An environment other than production', 'Ambiente que no es de producción'),
  },
  {
    id: 'not-in-production-yet',
    when: { origin: ['IMPLEMENTATION', 'NEW_VERSION_ANALYSIS', 'BETA_OR_PILOT'] },
    value: 'MEDIUM',
    reason: text('Cliente ainda não está em produção', 'The client is not in production yet', 'El cliente aún no está en producción'),
  },
  {
    id: 'business-stopped',
    when: { businessStoppage: ['INVOICING_STOPPED', 'SHIPPING_STOPPED'] },
    value: 'CRITICAL',
    reason: text('Faturamento ou expedição parados', 'Invoicing or shipping has stopped', 'Facturación o despacho detenidos'),
  },
  {
    id: 'critical-activity-no-workaround',
    when: { impact: ['CRITICAL_NO_WORKAROUND'] },
    value: 'CRITICAL',
    reason: text(
      'Atividade crítica sem procedimento paliativo',
      'A critical activity without a workaround',
      'Actividad crítica sin procedimiento paliativo',
    ),
  },
  {
    id: 'work-blocked',
    when: { effect: blockingEffects },
    value: 'CRITICAL',
    reason: text('O trabalho está parado', 'Work has stopped', 'El trabajo está detenido'),
  },
  {
    id: 'prime-malfunction',
    when: { plan: ['PRIME'], impact: ['WORKAROUND'] },
    value: 'HIGH',
    reason: text(
      'Mau funcionamento contornável, plano Prime',
      'A malfunction with a workaround, Prime plan',
      'Mal funcionamiento con paliativo, plan Prime',
    ),
  },
  {
    id: 'legal-or-wrong-result',
    when: { effect: ['LEGAL_OBLIGATION', 'WRONG_RESULT', 'JOB_FAILED'] },
    value: 'HIGH',
    reason: text(
      'Resultado incorreto ou obrigação legal',
      'A wrong result or a legal obligation',
      'Resultado incorrecto u obligación legal',
    ),
  },
  {
    id: 'malfunction',
    when: { impact: ['WORKAROUND', 'NON_CRITICAL'] },
    value: 'MEDIUM',
    reason: text('Mau funcionamento em parte do trabalho', 'A malfunction in part of the work', 'Mal funcionamiento en parte del trabajo'),
  },
  {
    id: 'question',
    when: { impact: ['QUESTION'] },
    value: 'LOW',
    reason: text('Dúvida sobre o produto', 'A question about the product', 'Duda sobre el producto'),
  },
  {
    id: 'nonconformity',
    when: { category: ['NONCONFORMITY'] },
    value: 'MEDIUM',
    reason: text('Não-conformidade do produto', 'A nonconformity of the product', 'No conformidad del producto'),
  },
  {
    id: 'otherwise',
    when: {},
    value: 'LOW',
    reason: text('Nenhuma outra regra se aplica', 'No other rule applies', 'Ninguna otra regla aplica'),
  },
]);
