import { sameText, text } from '../../form/form-text.ts';
import { productLine } from './product-line.ts';
import { erp } from './segments.ts';

export const protheus = productLine({
  macroSegment: erp,
  code: 'protheus',
  labels: sameText('Protheus'),
  aliases: ['Microsiga'],
  serviceGroup: 'protheus-backoffice',
  versions: ['12.1.2410', '12.1.2310', '12.1.2210'],
  effects: [
    ['INVOICING_BLOCKED', text('Faturamento impedido', 'Invoicing blocked', 'Facturación impedida')],
    ['PRODUCTION_LINE_STOPPED', text('Produção fabril parada', 'Production line stopped', 'Producción fabril detenida')],
  ],
  modules: `
sigafat | Faturamento (SIGAFAT) | Invoicing (SIGAFAT) | Facturación (SIGAFAT)
  vendas | Pedidos e vendas | Orders and sales | Pedidos y ventas
    pedido-venda | Pedido de venda (MATA410) | Sales order (MATA410) | Pedido de venta (MATA410)
    liberacao-credito | Liberação de crédito e estoque | Credit and stock release | Liberación de crédito y stock
    documento-saida | Documento de saída (MATA461) | Outgoing document (MATA461) | Documento de salida (MATA461)
  nfe-protheus | Nota fiscal eletrônica | Electronic invoice | Factura electrónica
    transmissao | Transmissão da NF-e (SPEDNFE) | NF-e transmission (SPEDNFE) | Transmisión de NF-e (SPEDNFE)
    danfe | Impressão do DANFE | DANFE printing | Impresión del DANFE
sigafin | Financeiro (SIGAFIN) | Finance (SIGAFIN) | Finanzas (SIGAFIN)
  carteiras | Carteiras a pagar e a receber | Payables and receivables | Carteras por pagar y por cobrar
    contas-receber | Contas a receber (FINA040) | Receivables (FINA040) | Cuentas por cobrar (FINA040)
    contas-pagar | Contas a pagar (FINA050) | Payables (FINA050) | Cuentas por pagar (FINA050)
    bordero | Borderô e CNAB | Bank bordereau and CNAB | Borderó y CNAB
  tesouraria | Tesouraria | Treasury | Tesorería
    movimento-bancario | Movimento bancário (FINA100) | Bank transactions (FINA100) | Movimiento bancario (FINA100)
    conciliacao-bancaria | Conciliação bancária | Bank reconciliation | Conciliación bancaria
sigaest | Estoque e custos (SIGAEST) | Inventory and costs (SIGAEST) | Inventario y costos (SIGAEST)
  custos | Custos | Costs | Costos
    recalculo | Recálculo do custo médio (MATA330) | Average cost recalculation (MATA330) | Recálculo del costo promedio (MATA330)
    virada | Virada de saldos (MATA280) | Balance turnover (MATA280) | Cierre de saldos (MATA280)
  movimentos-estoque | Movimentações | Movements | Movimientos
    internos | Movimentos internos (MATA240) | Internal movements (MATA240) | Movimientos internos (MATA240)
    inventario-protheus | Inventário (MATA270) | Stocktaking (MATA270) | Recuento (MATA270)
sigacom | Compras (SIGACOM) | Purchasing (SIGACOM) | Compras (SIGACOM)
  pedidos-compra | Pedidos e entradas | Orders and receipts | Pedidos y entradas
    pedido-compra | Pedido de compra (MATA121) | Purchase order (MATA121) | Pedido de compra (MATA121)
    documento-entrada | Documento de entrada (MATA103) | Incoming document (MATA103) | Documento de entrada (MATA103)
sigafis | Livros fiscais (SIGAFIS) | Tax books (SIGAFIS) | Libros fiscales (SIGAFIS)
  apuracoes | Apurações | Assessments | Liquidaciones
    apuracao-icms-protheus | Apuração de ICMS (MATA953) | ICMS assessment (MATA953) | Liquidación de ICMS (MATA953)
    sped-protheus | SPED Fiscal | Tax SPED | SPED fiscal
sigactb | Contabilidade (SIGACTB) | Accounting (SIGACTB) | Contabilidad (SIGACTB)
  lancamentos-ctb | Lançamentos | Entries | Asientos
    lancamento-automatico | Lançamentos contábeis (CTBA102) | Journal entries (CTBA102) | Asientos contables (CTBA102)
    fechamento-ctb | Encerramento (CTBA211) | Closing (CTBA211) | Cierre (CTBA211)
sigagpe | Gestão de pessoal (SIGAGPE) | Personnel (SIGAGPE) | Gestión de personal (SIGAGPE) | ~ folha de pagamento | @ protheus-people
  folha-gpe | Folha de pagamento | Payroll | Nómina
    roteiro | Roteiros de cálculo (GPEM020) | Calculation scripts (GPEM020) | Guiones de cálculo (GPEM020)
    ferias-gpe | Férias (GPEM030) | Vacations (GPEM030) | Vacaciones (GPEM030)
    rescisao-gpe | Rescisão (GPEM040) | Termination (GPEM040) | Finiquito (GPEM040)
  esocial-gpe | eSocial
    eventos-esocial | Eventos do eSocial (TAF) | eSocial events (TAF) | Eventos de eSocial (TAF)
sigapcp | Planejamento da produção (SIGAPCP) | Production planning (SIGAPCP) | Planificación de la producción (SIGAPCP) | @ protheus-manufacturing
  planejamento | Planejamento e apontamento | Planning and reporting | Planificación y notificación
    mrp | MRP (MATA712)
    ordem-producao | Ordem de produção (MATA650) | Production order (MATA650) | Orden de producción (MATA650)
    apontamento | Apontamento da produção (MATA681) | Production reporting (MATA681) | Notificación de producción (MATA681)
configurador | Configurador e tecnologia (SIGACFG) | Configurator and technology (SIGACFG) | Configurador y tecnología (SIGACFG) | ~ appserver, dbaccess, smartclient | @ protheus-platform
  ambiente-protheus | Ambiente e atualização | Environment and upgrade | Ambiente y actualización
    upddistr | Atualizador de dicionário (UPDDISTR) | Dictionary updater (UPDDISTR) | Actualizador de diccionario (UPDDISTR)
    dbaccess | DBAccess e banco de dados | DBAccess and database | DBAccess y base de datos
    usuarios-protheus | Usuários e acessos | Users and access | Usuarios y accesos
sigaatf | Ativo fixo (SIGAATF) | Fixed assets (SIGAATF) | Activo fijo (SIGAATF) | ~ patrimônio, imobilizado
  bens-atf | Bens | Assets | Bienes
    cadastro-atf | Cadastro de bens (ATFA012) | Assets (ATFA012) | Registro de bienes (ATFA012)
    depreciacao-atf | Cálculo mensal (ATFA050) | Monthly calculation (ATFA050) | Cálculo mensual (ATFA050) | ~ depreciação
sigapon | Ponto eletrônico (SIGAPON) | Time clock (SIGAPON) | Marcación electrónica (SIGAPON) | ~ marcações, banco de horas | @ protheus-people
  apontamentos-pon | Marcações e apontamentos | Clock-ins and reports | Marcaciones y notificaciones
    leitura-pon | Leitura e apontamento (PONM010) | Reading and reporting (PONM010) | Lectura y notificación (PONM010)
    fechamento-pon | Fechamento mensal (PONM070) | Monthly closing (PONM070) | Cierre mensual (PONM070)
sigamdt | Medicina e segurança do trabalho (SIGAMDT) | Health and safety at work (SIGAMDT) | Medicina y seguridad laboral (SIGAMDT) | ~ SESMT, PPP, ASO | @ protheus-people
  sesmt | Saúde e segurança | Health and safety | Salud y seguridad
    ppp | Perfil profissiográfico (PPP) | Occupational profile (PPP) | Perfil ocupacional (PPP)
    exames | Programação de exames | Scheduling of exams | Programación de exámenes
sigamnt | Manutenção de ativos (SIGAMNT) | Maintenance of assets (SIGAMNT) | Mantenimiento de activos (SIGAMNT) | ~ frotas, pneus | @ protheus-manufacturing
  ordens-mnt | Ordens de serviço | Work orders | Órdenes de servicio
    corretiva-mnt | O.S. corretiva (MNTA420) | Corrective order (MNTA420) | O.S. correctiva (MNTA420)
    abastecimento | Abastecimento de frota | Refuelling of the fleet | Abastecimiento de flota
sigagct | Gestão de contratos (SIGAGCT) | Contracts (SIGAGCT) | Gestión de contratos (SIGAGCT)
  contratos-gct | Contratos e medições | Contracts and measurements | Contratos y mediciones
    contrato-gct | Manutenção de contratos (CNTA300) | Contract maintenance (CNTA300) | Mantenimiento de contratos (CNTA300)
    medicao-gct | Medição (CNTA121) | Measurement (CNTA121) | Medición (CNTA121)
sigaloja | Controle de lojas (SIGALOJA) | Stores (SIGALOJA) | Control de tiendas (SIGALOJA) | ~ PDV, frente de caixa, varejo, cupom
  vendas-loja | Venda no balcão | Over-the-counter sales | Venta en mostrador
    venda-assistida | Venda assistida (LOJA701) | Assisted sale (LOJA701) | Venta asistida (LOJA701)
    nfce | Cupom fiscal eletrônico (NFC-e) | Electronic receipt (NFC-e) | Comprobante fiscal electrónico (NFC-e)
sigawms | WMS do Protheus (SIGAWMS) | Protheus WMS (SIGAWMS) | WMS de Protheus (SIGAWMS) | ~ armazém, endereçamento
  armazem-protheus | Movimentação de armazém | Warehouse movements | Movimiento de almacén
    execucao-servico | Execução de serviços (WMSA332) | Service execution (WMSA332) | Ejecución de servicios (WMSA332)
    enderecamento-protheus | Endereçamento (MATA265) | Put-away (MATA265) | Ubicación (MATA265)
`,
});
