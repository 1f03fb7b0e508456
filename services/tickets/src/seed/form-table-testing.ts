import { type Localized, text } from '../form/form-text.ts';

// The form table of domain.md, section 2, transcribed from there and held against the published forms
// as the API serves them (forms.service.test.ts).
// R required, O optional, A automatic and shown, C computed, F fixed; a number is the wizard's step; "-" is absent.
// What differs by situation follows the common cell: `staff:` vendor staff opening, `bso:` client of the managed service,
// `any:` the product chosen above has entries of its own.
export const formTable = `
key               | SW          | REL      | CLD      | INF      | BPO      | TS
service           | -           | -        | F        | F        | F        | -
client            | -           | A        | A        | A        | A        | -
clientContact     | -           | A        | A        | A        | A        | -
organization      | -           | -        | -        | -        | -        | A 1
onBehalfOfClient  | - staff:O   | -        | -        | -        | -        | -
originCountry     | R           | R        | R        | R        | -        | R 1 bso:F
category          | R           | -        | -        | -        | -        | -
origin            | R           | -        | R        | -        | -        | -
effect            | R           | -        | R        | -        | -        | -
impact            | -           | -        | -        | -        | -        | R 1
solicitationType  | -           | -        | -        | -        | -        | R 1 bso:F
environment       | R           | -        | -        | -        | -        | R 1
environmentDetail | -           | -        | -        | -        | -        | - 1 any:R
version           | R           | -        | -        | -        | -        | R 1
versionDetail     | -           | -        | -        | -        | -        | - 1 any:R
moduleProduct     | R           | -        | R        | R        | -        | -
processRoutine    | R           | -        | R        | R        | -        | -
product           | -           | -        | -        | -        | R        | -
routine           | -           | -        | -        | -        | R        | -
macroSegment      | -           | -        | -        | -        | -        | R 1
product           | -           | -        | -        | -        | -        | R 1
module            | -           | -        | -        | -        | -        | R 1
routineGroup      | -           | -        | -        | -        | -        | R 1
directToBso       | -           | -        | -        | -        | -        | - 1 bso:R
subject           | -           | R        | R        | R        | R        | R 2
summary           | R           | R        | R        | R        | R        | -
incident          | R           | R        | R        | R        | R        | -
description       | -           | -        | -        | -        | -        | R 2
criticality       | C shown     | C hidden | C hidden | C hidden | C hidden | C hidden 2
watchers          | O           | O        | O        | O        | O        | O 2
attachments       | O           | O        | O        | O        | O        | O 2
`;

/** Codes and labels of the table; a label of one column only says which. English and Spanish are ours. */
export const labels: Record<string, Localized> = {
  service: text('Serviço', 'Service', 'Servicio'),
  client: text('Cliente (código e razão social)', 'Client (code and legal name)', 'Cliente (código y razón social)'),
  clientContact: text('Contato do cliente', 'Client contact', 'Contacto del cliente'),
  'clientContact BPO': text('Contato', 'Contact', 'Contacto'),
  organization: text('Organização', 'Organization', 'Organización'),
  onBehalfOfClient: text(
    'Deseja incluir o chamado em nome do cliente?',
    'Open the ticket on behalf of the client?',
    '¿Desea incluir el ticket en nombre del cliente?',
  ),
  originCountry: text('País de procedência', 'Country of origin', 'País de procedencia'),
  'originCountry TS': text('País', 'Country', 'País'),
  category: text('Categoria', 'Category', 'Categoría'),
  origin: text('Origem', 'Origin', 'Origen'),
  effect: text('Efeito', 'Effect', 'Efecto'),
  impact: text('Impacto', 'Impact', 'Impacto'),
  solicitationType: text('Tipo da solicitação', 'Type of request', 'Tipo de solicitud'),
  environment: text('Ambiente', 'Environment', 'Ambiente'),
  environmentDetail: text('Ambiente › RM', 'Environment › RM', 'Ambiente › RM'),
  version: text('Versão', 'Version', 'Versión'),
  versionDetail: text('Versão › RM', 'Version › RM', 'Versión › RM'),
  moduleProduct: text('Módulo/Produto', 'Module/Product', 'Módulo/Producto'),
  processRoutine: text('Processo ou rotina', 'Process or routine', 'Proceso o rutina'),
  product: text('Produto', 'Product', 'Producto'),
  routine: text('Rotina', 'Routine', 'Rutina'),
  macroSegment: text('Macrossegmento', 'Macro segment', 'Macrosegmento'),
  module: text('Módulo', 'Module', 'Módulo'),
  routineGroup: text('Agrupador de rotina', 'Routine group', 'Agrupador de rutina'),
  directToBso: text('Direciona atendimento para BSO', 'Direct to BSO', 'Dirigir la atención a BSO'),
  subject: text('Assunto', 'Subject', 'Asunto'),
  summary: text('Resumo', 'Summary', 'Resumen'),
  incident: text('Incidente', 'Incident', 'Incidente'),
  description: text('Descrição', 'Description', 'Descripción'),
  criticality: text('Criticidade', 'Criticality', 'Criticidad'),
  watchers: text('E-mails adicionais', 'Additional e-mails', 'Correos adicionales'),
  'watchers TS': text('Usuários em cópia', 'Users in copy', 'Usuarios en copia'),
  attachments: text('Anexo', 'Attachment', 'Adjunto'),
};

const open = text('Abrir chamado', 'Open ticket', 'Abrir ticket');
const next = text('Continuar', 'Continue', 'Continuar');
const wizard = [text('Avançar', 'Next', 'Avanzar'), text('Cadastrar novo ticket', 'Register new ticket', 'Registrar nuevo ticket')];
const archives = ['zip', 'rar'];
const software = ['rm', 'protheus', 'datasul', 'logix', 'winthor', 'wms'].map((line) => `software.${line}`);
export const columns: [column: string, types: string[], submit: Localized[], extensions: string[] | null][] = [
  ['SW', software, [next], null],
  ['REL', ['relationship.cst', 'relationship.ombudsman'], [open], null],
  ['CLD', ['value-added.cloud', 'value-added.datacenter'], [open], archives],
  ['INF', ['value-added.infra', 'value-added.rmo'], [open], archives],
  ['BPO', ['value-added.bpo-hr'], [open], archives],
  ['TS', ['technical-support'], wizard, null],
];
export const kinds: Record<string, string> = {
  DISPLAY: 'client clientContact organization',
  ON_BEHALF: 'onBehalfOfClient',
  BOOLEAN: 'directToBso',
  TEXT: 'subject summary',
  LONG_TEXT: 'incident description',
  COMPUTED: 'criticality',
  EMAIL_LIST: 'watchers',
  FILES: 'attachments',
};

/** Options with meaning: code, label, and the meaning that is shown as help, in the order of the text. */
export const optionMeanings: Record<string, [code: string, label: Localized, help?: Localized][]> = {
  category: [
    [
      'SERVICE_QUESTION',
      text('Atendimento/Dúvida/Análise', 'Service/Question/Analysis', 'Atención/Duda/Análisis'),
      text(
        'Dúvidas e análises feitas por um analista.',
        'Questions, and analysis by an analyst.',
        'Dudas y análisis hechos por un analista.',
      ),
    ],
    [
      'NONCONFORMITY',
      text('Não-conformidade', 'Nonconformity', 'No conformidad'),
      text(
        'Um erro do produto que precisa de manutenção.',
        'A bug that needs maintenance.',
        'Un error del producto que necesita mantenimiento.',
      ),
    ],
    [
      'CONSULTING',
      text('Consultoria', 'Consulting', 'Consultoría'),
      text(
        'Trabalho de um consultor para a sua empresa.',
        'Work of a consultant for your company.',
        'Trabajo de un consultor para su empresa.',
      ),
    ],
    [
      'IMPROVEMENT',
      text('Sugestão de melhorias', 'Suggested improvement', 'Sugerencia de mejoras'),
      text('Novas funcionalidades para o produto.', 'New features for the product.', 'Nuevas funcionalidades para el producto.'),
    ],
    [
      'CUSTOMIZATION',
      text('Solicitação de customização', 'Customization request', 'Solicitud de personalización'),
      text('Algo específico para a sua empresa.', 'Something specific to your company.', 'Algo específico para su empresa.'),
    ],
  ],
  origin: [
    ['PRODUCTION', text('Cliente em produção', 'Client in production', 'Cliente en producción')],
    ['IMPLEMENTATION', text('Cliente em fase de implantação', 'Client being implemented', 'Cliente en fase de implantación')],
    [
      'NEW_VERSION_ANALYSIS',
      text('Cliente em análise de nova versão', 'Client analysing a new version', 'Cliente en análisis de nueva versión'),
    ],
    ['BETA_OR_PILOT', text('Cliente beta ou piloto', 'Beta or pilot client', 'Cliente beta o piloto')],
  ],
  impact: [
    [
      'QUESTION',
      text('Dúvida sobre o produto', 'Question about the product', 'Duda sobre el producto'),
      text('Como um programa funciona.', 'How a program works.', 'Cómo funciona un programa.'),
    ],
    [
      'WORKAROUND',
      text(
        'Mau funcionamento ou desempenho com procedimento paliativo',
        'Malfunction or poor performance with a workaround',
        'Mal funcionamiento o desempeño con procedimiento paliativo',
      ),
      text(
        'Perda relevante que pode ser contornada, por exemplo uma nota digitada errada que um programa de acerto corrige.',
        'A relevant loss that can be worked around, e.g. a mistyped invoice mended by a correction program.',
        'Pérdida relevante que se puede sortear, por ejemplo una factura mal digitada que un programa de ajuste corrige.',
      ),
    ],
    [
      'NON_CRITICAL',
      text(
        'Mau funcionamento ou desempenho em atividade não crítica',
        'Malfunction or poor performance in a non-critical activity',
        'Mal funcionamiento o desempeño en actividad no crítica',
      ),
      text('Por exemplo um relatório desalinhado.', 'For example a misaligned report.', 'Por ejemplo un informe desalineado.'),
    ],
    [
      'CRITICAL_NO_WORKAROUND',
      text(
        'Mau funcionamento ou desempenho em atividades críticas sem procedimento paliativo',
        'Malfunction or poor performance in critical activities without a workaround',
        'Mal funcionamiento o desempeño en actividades críticas sin procedimiento paliativo',
      ),
      text(
        'O processo não pode continuar: faturamento, custo médio, folha de pagamento, erros de banco de dados ou técnicos.',
        'The process cannot go on: invoicing, average cost, payroll, database or technical errors.',
        'El proceso no puede seguir: facturación, costo promedio, nómina, errores de base de datos o técnicos.',
      ),
    ],
  ],
};
