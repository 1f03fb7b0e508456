import type { ServiceArea } from './form.ts';
import { type Localized, text } from './form-text.ts';

/** What people call the entries of the menu. */
export const serviceAreaLabels: Record<ServiceArea, Localized> = {
  SOFTWARE: text('Software', 'Software', 'Software'),
  RELATIONSHIP: text('Relacionamento', 'Relationship', 'Relación'),
  VALUE_ADDED: text('Serviço de Valor Agregado', 'Value-added services', 'Servicio de valor agregado'),
  TECHNICAL_SUPPORT: text('Suporte Técnico', 'Technical support', 'Soporte técnico'),
};
