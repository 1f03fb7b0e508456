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
cadastros-wms | Cadastros | Master data | Registros | ~ depositante, SKU, embalagem
  dados-wms | Produtos e depositantes | Products and depositors | Productos y depositantes
    embalagens | Embalagens e códigos de barras | Packaging and bar codes | Embalajes y códigos de barras | ~ EAN, DUN
    depositantes | Depositantes e contratos | Depositors and contracts | Depositantes y contratos
    mapa-armazem | Mapa do armazém | Warehouse map | Mapa del almacén | ~ rua, prédio, nível, apartamento
cobranca-wms | Cobrança de armazenagem | Storage billing | Cobro de almacenaje | ~ fatura, tarifa
  faturas-wms | Tarifas e faturas | Rates and bills | Tarifas y facturas
    tarifas | Tabelas de tarifas | Rate tables | Tablas de tarifas
    fechamento-wms | Fechamento de cobrança | Billing closing | Cierre de cobro
plataforma-wms | Plataforma WMS | WMS platform | Plataforma WMS | ~ coletor, RF, impressora | @ wms-platform
  equipamentos | Coletores e impressoras | Handhelds and printers | Terminales e impresoras
    radiofrequencia | Radiofrequência e rede sem fio | Radio frequency and wireless network | Radiofrecuencia y red inalámbrica
    etiquetas | Impressão de etiquetas | Label printing | Impresión de etiquetas | ~ Zebra, ZPL
    usuarios-wms | Usuários e permissões | Users and permissions | Usuarios y permisos
`,
});
