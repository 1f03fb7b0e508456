import { sameText, text } from '../../form/form-text.ts';
import { productLine } from './product-line.ts';
import { valueAdded } from './segments.ts';

const versions = ['atual'];

export const cloud = productLine({
  macroSegment: valueAdded,
  code: 'cloud',
  labels: sameText('Cloud Computing'),
  aliases: ['Nuvem', 'Hospedagem'],
  serviceGroup: 'cloud',
  versions,
  effects: [
    ['ACCESS_BLOCKED', text('Sem acesso ao ambiente', 'No access to the environment', 'Sin acceso al ambiente')],
    ['JOB_FAILED', text('Rotina agendada não executada', 'Scheduled job not run', 'Rutina programada no ejecutada')],
  ],
  modules: `
ambiente-cloud | Ambiente | Environment | Ambiente
  operacao | Operação | Operation | Operación
    indisponibilidade | Indisponibilidade | Unavailability | Indisponibilidad
    reinicio | Reinício de serviços | Restart of services | Reinicio de servicios
    lentidao-cloud | Lentidão do ambiente | Slow environment | Lentitud del ambiente
  mudancas | Mudanças | Changes | Cambios
    atualizacao-cloud | Atualização de versão | Version upgrade | Actualización de versión
    parametros | Alteração de parâmetros | Change of parameters | Cambio de parámetros
    novo-ambiente | Criação de ambiente | New environment | Creación de ambiente
dados-cloud | Banco de dados | Database | Base de datos | ~ SQL Server, Oracle
  base | Bases de dados | Databases | Bases de datos
    restauracao | Restauração de base | Database restore | Restauración de base
    copia-base | Cópia de base para teste | Copy of a database for tests | Copia de base para pruebas
    script | Execução de script | Script execution | Ejecución de script
acessos-cloud | Acessos | Access | Accesos
  usuarios-cloud | Usuários | Users | Usuarios
    vpn | VPN
    terminal | Acesso ao terminal | Terminal access | Acceso al terminal
    senha-cloud | Senha e bloqueio | Password and lock | Contraseña y bloqueo
monitoracao-cloud | Monitoração e agendamentos | Monitoring and schedules | Monitoreo y programaciones | ~ job, alerta
  rotinas-cloud | Rotinas agendadas | Scheduled routines | Rutinas programadas
    job-cloud | Rotina não executada | Routine not run | Rutina no ejecutada
    copia-cloud | Cópia de segurança | Backup | Copia de seguridad | ~ backup, restore
    certificado-cloud | Certificado digital no servidor | Digital certificate on the server | Certificado digital en el servidor | ~ A1, vencido
`,
});

export const datacenter = productLine({
  macroSegment: valueAdded,
  code: 'datacenter',
  labels: sameText('Datacenter'),
  aliases: ['Colocation'],
  serviceGroup: 'cloud',
  versions,
  effects: [['ACCESS_BLOCKED', text('Sem acesso aos servidores', 'No access to the servers', 'Sin acceso a los servidores')]],
  modules: `
servidores | Servidores | Servers | Servidores
  fisicos | Servidores físicos e virtuais | Physical and virtual servers | Servidores físicos y virtuales
    hardware | Falha de hardware | Hardware failure | Falla de hardware
    recursos | Aumento de recursos | More resources | Aumento de recursos
rede-datacenter | Rede | Network | Red
  conectividade | Conectividade | Connectivity | Conectividad
    link | Link de comunicação | Communication link | Enlace de comunicación
    firewall | Regras de firewall | Firewall rules | Reglas de firewall
copias | Cópias de segurança | Backups | Copias de seguridad
  backup | Backup
    rotina-backup | Rotina de backup | Backup routine | Rutina de backup
    restauracao-datacenter | Restauração | Restore | Restauración
seguranca-datacenter | Segurança | Security | Seguridad | ~ antivírus, acesso físico
  protecao | Proteção | Protection | Protección
    antivirus-datacenter | Antivírus e atualizações | Antivirus and updates | Antivirus y actualizaciones
    acesso-fisico | Acesso físico à sala | Physical access to the room | Acceso físico a la sala
`,
});

export const infra = productLine({
  macroSegment: valueAdded,
  code: 'infra',
  labels: sameText('Infra Services'),
  aliases: ['Infraestrutura'],
  serviceGroup: 'infra',
  versions,
  effects: [],
  modules: `
estacoes | Estações de trabalho | Workstations | Estaciones de trabajo
  atendimento-estacoes | Atendimento | Service | Atención
    instalacao-cliente | Instalação do cliente do sistema | Client installation | Instalación del cliente
    impressao | Impressão | Printing | Impresión
servidores-infra | Servidores do cliente | Client servers | Servidores del cliente
  manutencao | Manutenção | Maintenance | Mantenimiento
    monitoramento | Monitoramento | Monitoring | Monitoreo
    atualizacao-so | Atualização do sistema operacional | Operating system update | Actualización del sistema operativo
rede-infra | Rede e conexões | Network and connections | Red y conexiones | ~ Wi-Fi, VPN, internet
  conexoes | Conexões | Connections | Conexiones
    rede-local | Rede local e Wi-Fi | Local network and Wi-Fi | Red local y Wi-Fi
    vpn-infra | VPN do cliente | Client VPN | VPN del cliente
correio-infra | Correio e colaboração | Mail and collaboration | Correo y colaboración | ~ e-mail, Outlook
  caixas-infra | Contas | Accounts | Cuentas
    conta-correio | Conta de correio | Mail account | Cuenta de correo
`,
});

export const rmo = productLine({
  macroSegment: valueAdded,
  code: 'rmo',
  labels: sameText('RMO'),
  aliases: ['Operação remota'],
  serviceGroup: 'infra',
  versions,
  effects: [],
  modules: `
banco-rmo | Administração de banco de dados | Database administration | Administración de base de datos
  dba | DBA
    desempenho | Análise de desempenho | Performance analysis | Análisis de desempeño
    rotina-manutencao | Plano de manutenção | Maintenance plan | Plan de mantenimiento
aplicacao-rmo | Administração da aplicação | Application administration | Administración de la aplicación
  operacao-rmo | Operação assistida | Assisted operation | Operación asistida
    agendamentos | Agendamentos | Scheduled jobs | Programaciones
    aplicacao-pacotes | Aplicação de pacotes | Package installation | Aplicación de paquetes
integracoes-rmo | Integrações e interfaces | Integrations and interfaces | Integraciones e interfaces | ~ API, EDI
  interfaces-rmo | Interfaces | Interfaces | Interfaces
    falha-interface | Falha de interface | Interface failure | Falla de interfaz
    reprocessamento | Reprocessamento | Reprocessing | Reprocesamiento
`,
});

export const bpoHr = productLine({
  macroSegment: valueAdded,
  code: 'bpo-hr',
  labels: text('BPO RH', 'HR outsourcing', 'BPO RR. HH.'),
  aliases: ['BPO de folha'],
  serviceGroup: 'bpo',
  versions,
  effects: [],
  hasEnvironments: false,
  modules: `
folha-bpo | BPO Folha | Payroll outsourcing | BPO nómina
  processamento | Processamento | Processing | Procesamiento
    fechamento-folha | Fechamento da folha | Payroll closing | Cierre de nómina
    admissao | Admissão | Hiring | Contratación
    rescisao-bpo | Rescisão | Termination | Finiquito
    ferias-bpo | Férias | Vacations | Vacaciones
ponto-bpo | BPO Ponto | Time outsourcing | BPO asistencia
  tratamento | Tratamento do ponto | Time handling | Tratamiento de asistencia
    fechamento-ponto | Fechamento do ponto | Time closing | Cierre de asistencia
    ocorrencias | Ocorrências | Occurrences | Incidencias
beneficios-bpo | BPO Benefícios | Benefits outsourcing | BPO beneficios
  pedidos-beneficio | Pedidos de benefícios | Benefit orders | Pedidos de beneficios
    vale-transporte | Vale-transporte | Transport voucher | Vale de transporte
    vale-refeicao | Vale-refeição | Meal voucher | Vale de comida
obrigacoes-bpo | BPO Obrigações legais | Legal obligations outsourcing | BPO obligaciones legales | ~ eSocial, DIRF, DCTFWeb, FGTS
  entregas | Entregas | Deliveries | Entregas
    esocial-bpo | Envio do eSocial | eSocial submission | Envío de eSocial
    guias-bpo | Guias de recolhimento | Payment slips | Guías de pago | ~ GPS, DARF, GRRF
    informe-rendimentos | Informe de rendimentos | Income statement | Informe de ingresos
saude-bpo | BPO Saúde ocupacional | Occupational health outsourcing | BPO salud ocupacional | ~ ASO, PCMSO
  exames-bpo | Exames | Exams | Exámenes
    aso-bpo | Atestado de saúde (ASO) | Health certificate (ASO) | Certificado de salud (ASO)
`,
});
