import { text } from '../../form/form-text.ts';
import { productLine } from './product-line.ts';
import { logistics } from './segments.ts';

export const wms = productLine({
  macroSegment: logistics,
  code: 'wms',
  labels: text('WMS', 'WMS', 'WMS'),
  aliases: ['Gestão de armazém', 'Warehouse management'],
  serviceGroup: 'wms',
  versions: ['4.12', '4.11', '4.10'],
  effects: [
    ['SHIPPING_BLOCKED', text('Expedição impedida', 'Shipping blocked', 'Despacho impedido')],
    ['RECEIVING_BLOCKED', text('Recebimento impedido', 'Receiving blocked', 'Recepción impedida')],
  ],
  modules: `
entrada-wms | Recebimento | Receiving | Recepción
  conferencia | Conferência | Checking | Verificación
    conferencia-cega | Conferência cega | Blind check | Verificación ciega
    enderecamento | Endereçamento | Put-away | Ubicación
armazenagem | Armazenagem | Storage | Almacenaje
  enderecos | Endereços e estoque | Locations and stock | Ubicaciones y stock
    ressuprimento | Ressuprimento | Replenishment | Reabastecimiento
    inventario-wms | Inventário rotativo | Cycle counting | Conteo cíclico
expedicao | Expedição | Shipping | Despacho
  separacao | Separação e conferência | Picking and checking | Preparación y verificación
    onda | Onda de separação | Picking wave | Ola de preparación
    coletor | Coletor de dados | Handheld terminal | Terminal portátil
  carregamento | Carregamento | Loading | Carga
    romaneio | Romaneio | Packing list | Lista de carga
    docas | Agendamento de docas | Dock scheduling | Programación de muelles
integracao-wms | Integração | Integration | Integración
  erp-wms | Integração com o ERP | ERP integration | Integración con el ERP
    pedidos-wms | Importação de pedidos | Order import | Importación de pedidos
    saldos-wms | Acerto de saldos | Balance adjustment | Ajuste de saldos
`,
});
