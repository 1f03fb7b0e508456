import { sameText, text } from '../../form/form-text.ts';
import { productLine } from './product-line.ts';
import { erp } from './segments.ts';

export const logix = productLine({
  macroSegment: erp,
  code: 'logix',
  labels: sameText('Logix'),
  aliases: ['Linha Logix'],
  serviceGroup: 'logix-backoffice',
  versions: ['12.1.2410', '12.1.2310'],
  effects: [
    ['INVOICING_BLOCKED', text('Faturamento impedido', 'Invoicing blocked', 'Facturación impedida')],
    ['PRODUCTION_LINE_STOPPED', text('Produção fabril parada', 'Production line stopped', 'Producción fabril detenida')],
  ],
  modules: `
comercial | Comercial | Sales | Comercial
  pedidos-logix | Pedidos (VDP) | Orders (VDP) | Pedidos (VDP)
    digitacao-pedido | Digitação de pedidos (VDP20000) | Order entry (VDP20000) | Digitación de pedidos (VDP20000)
    faturamento-logix | Faturamento (VDP0745) | Invoicing (VDP0745) | Facturación (VDP0745)
suprimentos-logix | Suprimentos | Supplies | Suministros
  recebimento-logix | Recebimento (SUP) | Receiving (SUP) | Recepción (SUP)
    nota-entrada-logix | Entrada de notas (SUP3760) | Incoming invoices (SUP3760) | Entrada de facturas (SUP3760)
    contagem | Contagem e inspeção | Counting and inspection | Conteo e inspección
  estoque-logix | Estoque | Inventory | Inventario
    fechamento-logix | Fechamento do estoque | Inventory closing | Cierre de inventario
financeiro-logix | Financeiro | Finance | Finanzas
  cre | Contas a receber (CRE) | Receivables (CRE) | Cuentas por cobrar (CRE)
    baixa-logix | Baixa de duplicatas | Settlement of duplicates | Cancelación de duplicados
  cap | Contas a pagar (CAP) | Payables (CAP) | Cuentas por pagar (CAP)
    pagamento-logix | Pagamento eletrônico | Electronic payment | Pago electrónico
manufatura-logix | Manufatura | Manufacturing | Manufactura | @ logix-manufacturing
  pcp-logix | PCP
    ordem-logix | Ordem de produção (MAN) | Production order (MAN) | Orden de producción (MAN)
    apontamento-logix | Apontamento da produção | Production reporting | Notificación de producción
frame-logix | Tecnologia Logix | Logix technology | Tecnología Logix | @ logix-platform
  tecnologia | Ambiente | Environment | Ambiente
    menu-logix | Menu e acessos | Menu and access | Menú y accesos
    conversor | Conversor de tabelas | Table converter | Conversor de tablas
fiscal-logix | Fiscal (OBF) | Tax (OBF) | Fiscal (OBF) | ~ obrigações fiscais, SPED, NF-e
  obrigacoes-logix | Obrigações fiscais | Tax obligations | Obligaciones fiscales
    nfe-logix | Emissão de NF-e | Invoice issue (NF-e) | Emisión de factura (NF-e) | ~ nota fiscal eletrônica, rejeição
    sped-logix | SPED Fiscal | Tax SPED | SPED fiscal
    apuracao-logix | Apuração de impostos | Tax assessment | Liquidación de impuestos
contabil-logix | Contabilidade (CON) | Accounting (CON) | Contabilidad (CON)
  lotes-logix | Lotes e fechamento | Batches and closing | Lotes y cierre
    integracao-contabil | Integração contábil | Accounting integration | Integración contable
    balancete-logix | Balancete e razão | Trial balance and ledger | Balance y mayor
patrimonio-logix | Patrimônio (PAT) | Fixed assets (PAT) | Patrimonio (PAT)
  bens-logix | Bens e depreciação | Assets and depreciation | Bienes y depreciación
    calculo-pat | Cálculo de depreciação | Depreciation | Cálculo de depreciación
    baixa-pat | Baixa de bens | Disposal of assets | Baja de bienes
pessoal-logix | Recursos humanos (RHU) | Human resources (RHU) | Recursos humanos (RHU) | ~ folha de pagamento, eSocial | @ logix-people
  folha-logix | Folha de pagamento | Payroll | Nómina
    calculo-logix | Cálculo da folha | Payroll calculation | Cálculo de nómina
    ferias-logix | Férias e rescisões | Vacations and terminations | Vacaciones y finiquitos
    esocial-logix | Eventos do eSocial | eSocial events | Eventos de eSocial
wms-logix | WMS do Logix | Logix WMS | WMS de Logix | ~ armazém, coletor | @ logix-manufacturing
  armazem-logix | Armazém | Warehouse | Almacén
    enderecamento-logix | Endereçamento | Put-away | Ubicación
    separacao-logix | Separação de pedidos | Order picking | Preparación de pedidos
`,
});
