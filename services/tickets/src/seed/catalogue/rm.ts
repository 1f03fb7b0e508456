import { sameText, text } from '../../form/form-text.ts';
import { productLine } from './product-line.ts';
import { erp } from './segments.ts';

export const rm = productLine({
  macroSegment: erp,
  code: 'rm',
  labels: sameText('RM'),
  aliases: ['Linha RM', 'CorporeRM'],
  serviceGroup: 'rm-backoffice',
  versions: ['12.1.2410', '12.1.2406', '12.1.2402', '12.1.2310'],
  effects: [
    ['PAYROLL_STOPPED', text('Folha de pagamento parada', 'Payroll stopped', 'Nómina detenida')],
    ['INVOICING_BLOCKED', text('Faturamento impedido', 'Invoicing blocked', 'Facturación impedida')],
  ],
  modules: `
labore | RM Labore | ~ Folha de pagamento, Labore, RH, eSocial | @ rm-people
  calculo | Cálculo da folha | Payroll calculation | Cálculo de nómina
    calculo-mensal | Cálculo mensal | Monthly calculation | Cálculo mensual
    adiantamento | Adiantamento salarial | Salary advance | Anticipo salarial
    decimo-terceiro | Décimo terceiro salário | Thirteenth salary | Aguinaldo | ~ 13º
    envelope | Envelope de pagamento | Payslip | Recibo de pago | ~ holerite, contracheque
  ferias | Férias | Vacations | Vacaciones
    programacao-ferias | Programação de férias | Vacation planning | Programación de vacaciones
    recibo-ferias | Recibo de férias | Vacation receipt | Recibo de vacaciones
    ferias-coletivas | Férias coletivas | Collective vacations | Vacaciones colectivas
  rescisao | Rescisão | Termination | Finiquito
    calculo-rescisao | Cálculo de rescisão | Termination calculation | Cálculo de finiquito
    rescisao-complementar | Rescisão complementar | Complementary termination | Finiquito complementario
    trct | Termo de rescisão (TRCT) | Termination form (TRCT) | Formulario de finiquito (TRCT)
  obrigacoes | Obrigações legais | Legal obligations | Obligaciones legales
    esocial | eSocial | ~ S-1200, S-1210, S-2299
    dirf | DIRF
    fgts-digital | FGTS Digital
    dctfweb | DCTFWeb
  cadastros-labore | Cadastros | Master data | Registros
    funcionarios | Cadastro de funcionários | Employees | Empleados
    eventos | Cadastro de eventos | Payroll items | Conceptos
chronus | RM Chronus | ~ Automação de ponto, ponto eletrônico | @ rm-people
  apuracao | Apuração do ponto | Time calculation | Cálculo de asistencia
    espelho | Espelho do ponto | Time sheet | Hoja de asistencia
    banco-horas | Banco de horas | Hours bank | Banco de horas
    coleta | Coleta de marcações | Clock-in collection | Recolección de marcaciones
  jornada | Jornadas e escalas | Shifts | Jornadas y turnos
    horarios | Cadastro de horários | Working hours | Horarios
vitae | RM Vitae | ~ Recrutamento, treinamento | @ rm-people
  desenvolvimento | Desenvolvimento de pessoas | People development | Desarrollo de personas
    recrutamento | Recrutamento e seleção | Recruiting | Reclutamiento y selección
    treinamento | Treinamentos | Training | Capacitaciones
    avaliacao | Avaliação de desempenho | Performance review | Evaluación de desempeño
fluxus | RM Fluxus | ~ Financeiro
  contas | Contas a pagar e a receber | Payables and receivables | Cuentas por pagar y por cobrar
    lancamentos | Lançamentos financeiros | Financial entries | Registros financieros
    baixa | Baixa de lançamentos | Settlement of entries | Cancelación de registros
    boletos | Emissão de boletos | Bank slip issue | Emisión de boletos
    cnab | Remessa e retorno bancário (CNAB) | Bank files (CNAB) | Archivos bancarios (CNAB)
  conciliacao | Conciliação bancária | Bank reconciliation | Conciliación bancaria
    extrato | Importação de extrato | Statement import | Importación de extracto
saldus | RM Saldus | ~ Contabilidade
  contabilidade | Contabilidade | Accounting | Contabilidad
    lancamento-contabil | Lançamentos contábeis | Journal entries | Asientos contables
    encerramento | Encerramento do exercício | Year-end closing | Cierre del ejercicio
    ecd | SPED Contábil (ECD) | Accounting SPED (ECD) | SPED contable (ECD)
liber | RM Liber | ~ Fiscal, gestão fiscal
  fiscal | Escrituração fiscal | Tax books | Libros fiscales
    apuracao-icms | Apuração de ICMS | ICMS assessment | Liquidación de ICMS
    sped-fiscal | SPED Fiscal (EFD ICMS/IPI) | Tax SPED (EFD ICMS/IPI) | SPED fiscal (EFD ICMS/IPI)
    efd-contribuicoes | EFD-Contribuições | ~ PIS, COFINS
nucleus | RM Nucleus | ~ Estoque, compras e faturamento
  faturamento | Faturamento | Invoicing | Facturación
    nfe | Emissão de NF-e | Invoice issue (NF-e) | Emisión de factura (NF-e) | ~ nota fiscal eletrônica
    nfse | Emissão de NFS-e | Service invoice issue (NFS-e) | Emisión de factura de servicio (NFS-e)
    movimentos | Movimentos de venda | Sales transactions | Movimientos de venta
  estoque | Estoque | Inventory | Inventario
    custo-medio | Custo médio | Average cost | Costo promedio
    inventario | Inventário | Stocktaking | Recuento
    requisicao | Requisição de materiais | Material requests | Solicitud de materiales
  compras | Compras | Purchasing | Compras
    cotacao | Cotação | Quotation | Cotización
    ordem-compra | Ordem de compra | Purchase order | Orden de compra
classis | RM Classis | ~ Educacional | @ rm-education
  academico | Gestão acadêmica | Academic management | Gestión académica
    matricula | Matrícula | Enrolment | Matrícula
    diario | Diário de classe | Class diary | Diario de clase
    historico | Histórico escolar | School record | Historial académico
solum | RM Solum | ~ Obras e projetos | @ rm-construction
  obras | Gestão de obras | Construction management | Gestión de obras
    orcamento-obra | Orçamento de obra | Construction budget | Presupuesto de obra
    medicao | Medição | Measurement | Medición
reports | RM Reports | ~ Relatórios | @ rm-platform
  relatorios | Relatórios | Reports | Informes
    gerador | Gerador de relatórios | Report builder | Generador de informes
    planilhas | Planilhas e consultas SQL | Sheets and SQL queries | Hojas y consultas SQL
plataforma-rm | Plataforma RM (Frame) | RM platform (Frame) | Plataforma RM (Frame) | ~ instalação, host, portal | @ rm-platform
  administracao | Administração do ambiente | Environment administration | Administración del ambiente
    host | RM.Host e três camadas | RM.Host and three-tier | RM.Host y tres capas
    usuarios | Usuários e perfis | Users and profiles | Usuarios y perfiles
    atualizacao | Atualização de versão | Version upgrade | Actualización de versión
bonum | RM Bonum | ~ Patrimônio, ativo imobilizado, CIAP
  patrimonio-rm | Gestão patrimonial | Asset management | Gestión patrimonial
    bens | Cadastro de bens | Assets | Bienes | ~ plaqueta
    depreciacao-rm | Cálculo de depreciação | Depreciation | Cálculo de depreciación
    transferencia-bens | Transferência e baixa de bens | Transfer and disposal of assets | Traslado y baja de bienes
factor | RM Factor | ~ Produção, PCP, chão de fábrica | @ rm-manufacturing
  producao-rm | Controle da produção | Production control | Control de la producción
    ordem-rm | Ordens de produção | Production orders | Órdenes de producción | ~ OP
    estrutura-rm | Estrutura de produtos | Bill of materials | Estructura de productos
    apontamento-rm | Apontamento da produção | Production reporting | Notificación de producción
officina | RM Officina | ~ Manutenção, frota | @ rm-manufacturing
  manutencao-rm | Manutenção de ativos | Maintenance of assets | Mantenimiento de activos
    ordem-servico | Ordens de serviço | Work orders | Órdenes de servicio | ~ OS
    preventiva | Planos de manutenção preventiva | Preventive maintenance plans | Planes de mantenimiento preventivo
biblios | RM Biblios | ~ Biblioteca, acervo | @ rm-education
  acervo | Gestão de bibliotecas | Library management | Gestión de bibliotecas
    emprestimo | Empréstimo e devolução | Loans and returns | Préstamos y devoluciones
    catalogacao | Catalogação de obras | Cataloguing | Catalogación de obras
agilis | RM Agilis | ~ CRM, central de atendimento
  atendimentos | Gestão de atendimentos | Service management | Gestión de atenciones
    fluxo-atendimento | Fluxos de atendimento | Service workflows | Flujos de atención
    fila-atendimento | Filas e prazos | Queues and deadlines | Filas y plazos
portais-rm | Portais e aplicativos | Portals and apps | Portales y aplicaciones | ~ Portal RM, Meu RH, portal do aluno, app | @ rm-platform
  portal-rh | Portal do colaborador | Employee portal | Portal del colaborador
    meu-rh | Meu RH: consultas e solicitações | My HR: queries and requests | Mi RR. HH.: consultas y solicitudes
    marcacao-web | Marcação de ponto pela web | Clock-in on the web | Marcación por la web
    login-portal | Acesso e senha do portal | Portal access and password | Acceso y contraseña del portal
  integracoes-rm | Integrações | Integrations | Integraciones
    webservices-rm | Web services e APIs | Web services and APIs | Web services y APIs
    mensagem-unica | Mensagens entre produtos | Messages between products | Mensajes entre productos | ~ EAI
`,
});
