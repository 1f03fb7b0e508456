import { sameText, text } from '../../form/form-text.ts';
import { productLine } from './product-line.ts';
import { erp } from './segments.ts';

export const datasul = productLine({
  macroSegment: erp,
  code: 'datasul',
  labels: sameText('Datasul'),
  aliases: ['EMS', 'Linha Datasul'],
  serviceGroup: 'datasul-backoffice',
  versions: ['12.1.2407', '12.1.2311', '12.1.2211'],
  effects: [
    ['INVOICING_BLOCKED', text('Faturamento impedido', 'Invoicing blocked', 'Facturación impedida')],
    ['PRODUCTION_LINE_STOPPED', text('Produção fabril parada', 'Production line stopped', 'Producción fabril detenida')],
  ],
  modules: `
financas | Finanças | Finance | Finanzas
  acr | Contas a receber (ACR) | Receivables (ACR) | Cuentas por cobrar (ACR)
    implantacao-titulo | Implantação de títulos | Entry of receivables | Registro de títulos
    liquidacao | Liquidação de títulos | Settlement of receivables | Liquidación de títulos
  apb | Contas a pagar (APB) | Payables (APB) | Cuentas por pagar (APB)
    pagamentos | Pagamentos escriturais | Electronic payments | Pagos electrónicos
    cheque | Cheque e borderô | Cheques and bordereau | Cheques y borderó
controladoria | Controladoria | Controlling | Contraloría
  contabil-datasul | Contabilidade fiscal (FGL) | Accounting (FGL) | Contabilidad (FGL)
    lote-contabil | Lotes contábeis | Journal batches | Lotes contables
    demonstrativo | Demonstrativos contábeis | Financial statements | Estados contables
  patrimonio | Ativo fixo (FAS) | Fixed assets (FAS) | Activo fijo (FAS)
    depreciacao | Cálculo de depreciação | Depreciation | Cálculo de depreciación
materiais | Materiais | Materials | Materiales
  recebimento | Recebimento (MRE) | Receiving (MRE) | Recepción (MRE)
    nota-entrada | Nota fiscal de entrada (RE1001) | Incoming invoice (RE1001) | Factura de entrada (RE1001)
    atualizacao-re | Atualização do recebimento (RE1005) | Receipt posting (RE1005) | Actualización de recepción (RE1005)
  estoque-datasul | Estoque (MCE) | Inventory (MCE) | Inventario (MCE)
    medio-mensal | Cálculo do médio mensal (CE0401) | Monthly average cost (CE0401) | Cálculo del promedio mensual (CE0401)
    fechamento-estoque | Fechamento do período | Period closing | Cierre del período
distribuicao-datasul | Distribuição | Distribution | Distribución
  faturamento-datasul | Faturamento (MFT) | Invoicing (MFT) | Facturación (MFT)
    calculo-nota | Cálculo de notas (FT4003) | Invoice calculation (FT4003) | Cálculo de facturas (FT4003)
    nfe-datasul | NF-e (FT0909)
  pedidos-datasul | Pedidos (MPD) | Orders (MPD) | Pedidos (MPD)
    implantacao-pedido | Implantação de pedidos (PD4000) | Order entry (PD4000) | Registro de pedidos (PD4000)
manufatura | Manufatura | Manufacturing | Manufactura | @ datasul-manufacturing
  producao-datasul | Controle da produção (MCP) | Production control (MCP) | Control de la producción (MCP)
    reporte | Reporte da produção (CP0301) | Production report (CP0301) | Notificación de producción (CP0301)
    mrp-datasul | Cálculo do MRP (MI0503) | MRP run (MI0503) | Cálculo de MRP (MI0503)
hcm-datasul | Gestão de pessoas (HCM) | People management (HCM) | Gestión de personas (HCM) | ~ folha de pagamento | @ datasul-people
  folha-datasul | Folha de pagamento (FP) | Payroll (FP) | Nómina (FP)
    calculo-normal | Cálculo da folha normal (FP3000) | Payroll calculation (FP3000) | Cálculo de nómina (FP3000)
    rescisao-datasul | Rescisão (FP5000) | Termination (FP5000) | Finiquito (FP5000)
plataforma-datasul | Plataforma Datasul (Foundation) | Datasul platform (Foundation) | Plataforma Datasul (Foundation) | ~ progress, appserver | @ datasul-platform
  foundation | Administração | Administration | Administración
    programas | Programas e segurança | Programs and security | Programas y seguridad
    rpw | Execução em lote (RPW) | Batch execution (RPW) | Ejecución por lotes (RPW)
fluxo-caixa-datasul | Caixa e bancos (CMG) | Cash and banks (CMG) | Caja y bancos (CMG) | ~ tesouraria, fluxo de caixa
  caixa-datasul | Movimento de caixa | Cash movement | Movimiento de caja
    conciliacao-datasul | Conciliação bancária | Bank reconciliation | Conciliación bancaria
    previsao-caixa | Previsão de fluxo de caixa | Cash flow forecast | Previsión de flujo de caja
fiscal-datasul | Obrigações fiscais (MOF) | Tax obligations (MOF) | Obligaciones fiscales (MOF) | ~ ICMS, IPI, SPED, LF
  livros-datasul | Livros e apurações | Books and assessments | Libros y liquidaciones
    apuracao-datasul | Apuração de ICMS e IPI | ICMS and IPI assessment | Liquidación de ICMS e IPI
    sped-datasul | Geração do SPED (LF0200) | SPED generation (LF0200) | Generación de SPED (LF0200)
compras-datasul | Compras (MCC) | Purchasing (MCC) | Compras (MCC) | ~ cotação, solicitação
  suprimentos-datasul | Pedidos e cotações | Orders and quotations | Pedidos y cotizaciones
    solicitacao-datasul | Solicitação de compra (CC0300) | Purchase request (CC0300) | Solicitud de compra (CC0300)
    pedido-datasul | Pedido de compra (CC0305) | Purchase order (CC0305) | Pedido de compra (CC0305)
    aprovacao-datasul | Aprovação eletrônica (MLA) | Electronic approval (MLA) | Aprobación electrónica (MLA)
qualidade-datasul | Controle de qualidade (CQ) | Quality control (CQ) | Control de calidad (CQ) | @ datasul-manufacturing
  inspecao-datasul | Inspeção | Inspection | Inspección
    roteiro-inspecao | Roteiros de inspeção (CQ0211) | Inspection routes (CQ0211) | Rutas de inspección (CQ0211)
    laudo | Laudos e certificados | Reports and certificates | Dictámenes y certificados
frotas-datasul | Manutenção industrial (MMI) | Industrial maintenance (MMI) | Mantenimiento industrial (MMI) | ~ frotas, MMV | @ datasul-manufacturing
  ordens-datasul | Ordens de manutenção | Maintenance orders | Órdenes de mantenimiento
    ordem-mmi | Ordem de manutenção (MI0501) | Maintenance order (MI0501) | Orden de mantenimiento (MI0501)
    apontamento-mmi | Apontamento de manutenção | Maintenance reporting | Notificación de mantenimiento
`,
});
