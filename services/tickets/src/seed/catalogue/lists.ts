import { text } from '../../form/form-text.ts';
import { list } from '../outline.ts';

// Names and meanings of category, origin and impact are given; the other lists are ours.

export const categories = list(null, 'CATEGORY', [
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
]);

export const origins = list(null, 'ORIGIN', [
  ['PRODUCTION', text('Cliente em produção', 'Client in production', 'Cliente en producción')],
  ['IMPLEMENTATION', text('Cliente em fase de implantação', 'Client being implemented', 'Cliente en fase de implantación')],
  [
    'NEW_VERSION_ANALYSIS',
    text('Cliente em análise de nova versão', 'Client analysing a new version', 'Cliente en análisis de nueva versión'),
  ],
  ['BETA_OR_PILOT', text('Cliente beta ou piloto', 'Beta or pilot client', 'Cliente beta o piloto')],
]);

export const impacts = list(null, 'IMPACT', [
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
]);

export const solicitationTypes = list(null, 'SOLICITATION_TYPE', [
  ['TECHNICAL_SUPPORT', text('Suporte Técnico', 'Technical support', 'Soporte técnico')],
  ['INSTALLATION_OR_UPGRADE', text('Instalação ou atualização', 'Installation or upgrade', 'Instalación o actualización')],
  ['DATA_CORRECTION', text('Acerto de base de dados', 'Data correction', 'Ajuste de base de datos')],
  ['LEGAL_CHANGE', text('Legislação', 'Legal change', 'Legislación')],
]);

export const businessStoppages = list(null, 'BUSINESS_STOPPAGE', [
  ['NONE', text('Nenhuma parada', 'Nothing has stopped', 'Ninguna parada')],
  [
    'INVOICING_STOPPED',
    text('Faturamento de vendas totalmente parado', 'Sales invoicing fully stopped', 'Facturación de ventas totalmente detenida'),
  ],
  [
    'SHIPPING_STOPPED',
    text(
      'Expedição de mercadorias criticamente parada',
      'Shipping of goods critically stopped',
      'Despacho de mercancías críticamente detenido',
    ),
  ],
]);

export const databases = list(null, 'DATABASE', [
  ['SQL_SERVER', text('SQL Server', 'SQL Server', 'SQL Server')],
  ['ORACLE', text('Oracle', 'Oracle', 'Oracle')],
  ['OTHER', text('Outro', 'Another', 'Otro')],
]);

/** The third meaning of "Ambiente": how the system is installed. */
export const deployments = list(null, 'DEPLOYMENT', [
  ['LOCAL', text('Local', 'Local', 'Local')],
  ['THREE_TIER', text('Três camadas', 'Three-tier', 'Tres capas')],
  ['CLOUD', text('Nuvem', 'Cloud', 'Nube')],
]);

export const affectedUsers = list(null, 'AFFECTED_USERS', [
  ['ONE', text('Um usuário', 'One user', 'Un usuario')],
  ['SOME', text('Alguns usuários', 'Some users', 'Algunos usuarios')],
  ['ALL', text('Todos os usuários', 'All users', 'Todos los usuarios')],
]);

export const evidence = list(null, 'EVIDENCE', [
  ['PRINTS', text('Prints da tela inteira, sem recorte', 'Uncropped screenshots', 'Capturas de la pantalla entera, sin recorte')],
  ['VIDEO', text('Vídeo', 'Video', 'Video')],
  ['TEXT_FILE', text('Arquivo txt', 'Text file', 'Archivo txt')],
  ['LOGS', text('Logs', 'Logs', 'Logs')],
  ['RM_ERROR', text('Arquivo RMError', 'RMError file', 'Archivo RMError')],
  ['CALCULATION_MEMORY', text('Memória de cálculo', 'Calculation memory', 'Memoria de cálculo')],
]);
