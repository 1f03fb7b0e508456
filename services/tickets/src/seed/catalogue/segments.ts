import { text } from '../../form/form-text.ts';
import { entry } from '../outline.ts';

// Macro segments are ours.
export const erp = entry(null, {
  level: 'MACRO_SEGMENT',
  code: 'erp',
  labels: text('Gestão Empresarial (ERP)', 'Business management (ERP)', 'Gestión empresarial (ERP)'),
  position: 0,
});

export const distribution = entry(null, {
  level: 'MACRO_SEGMENT',
  code: 'distribution',
  labels: text('Atacado e Distribuição', 'Wholesale and distribution', 'Mayoristas y distribución'),
  position: 1,
});

export const logistics = entry(null, {
  level: 'MACRO_SEGMENT',
  code: 'logistics',
  labels: text('Logística', 'Logistics', 'Logística'),
  position: 2,
});

export const valueAdded = entry(null, {
  level: 'MACRO_SEGMENT',
  code: 'value-added',
  labels: text('Serviço de Valor Agregado', 'Value-added services', 'Servicios de valor agregado'),
  position: 3,
});
