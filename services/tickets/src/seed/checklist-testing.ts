import { type Localized, text } from '../form/form-text.ts';

/** The checklist of domain 2.8, line by line: what the text asks for, and the keys, kinds and labels that ask it. */
export const checklist: [asked: string, ...lines: [key: string, kind: string, label: Localized][]][] = [
  ['complete error text', ['errorText', 'LONG_TEXT', text('Texto completo do erro', 'Complete error text', 'Texto completo del error')]],
  [
    'system version and release',
    ['systemVersion', 'TEXT', text('Versão e release do sistema', 'Version and release of the system', 'Versión y release del sistema')],
  ],
  ['database', ['database', 'SELECT', text('Banco de dados', 'Database', 'Base de datos')]],
  [
    'three-tier or local',
    [
      ...(['deployment', 'SELECT'] as const),
      text('Instalação: local, três camadas ou nuvem', 'Deployment: local, three-tier or cloud', 'Instalación: local, tres capas o nube'),
    ],
  ],
  [
    'for cloud-hosted: data of the Test environment where it occurs',
    [
      ...(['testEnvironment', 'LONG_TEXT'] as const),
      text(
        'Dados do ambiente de teste onde ocorre',
        'Data of the test environment where it occurs',
        'Datos del ambiente de prueba donde ocurre',
      ),
    ],
  ],
  [
    'company and branch (coligada, filial)',
    ['company', 'TEXT', text('Coligada', 'Company', 'Empresa')],
    ['branch', 'TEXT', text('Filial', 'Branch', 'Sucursal')],
  ],
  ['routines used', ['routinesUsed', 'TEXT', text('Rotinas utilizadas', 'Routines used', 'Rutinas utilizadas')]],
  ['exact steps', ['exactSteps', 'LONG_TEXT', text('Passos exatos', 'Exact steps', 'Pasos exactos')]],
  [
    'expected behaviour',
    ['expectedBehaviour', 'LONG_TEXT', text('Comportamento esperado', 'Expected behaviour', 'Comportamiento esperado')],
  ],
  ['particularities', ['particularities', 'LONG_TEXT', text('Particularidades', 'Particularities', 'Particularidades')]],
  [
    'since when, and the versions before and after an upgrade',
    ['since', 'TEXT', text('Desde quando ocorre', 'Since when it occurs', 'Desde cuándo ocurre')],
    ['versionBefore', 'TEXT', text('Versão antes da atualização', 'Version before the upgrade', 'Versión antes de la actualización')],
    ['versionAfter', 'TEXT', text('Versão depois da atualização', 'Version after the upgrade', 'Versión después de la actualización')],
  ],
  ['one user or all', ['affectedUsers', 'SELECT', text('Um usuário ou todos', 'One user or all', 'Un usuario o todos')]],
  ['evidence', ['evidence', 'MULTI_SELECT', text('Evidências anexadas', 'Evidence attached', 'Evidencias adjuntas')]],
];

/** What can be chosen there, at least. */
export const checklistOptions: Record<string, string> = {
  database: 'SQL_SERVER ORACLE',
  deployment: 'LOCAL THREE_TIER CLOUD',
  affectedUsers: 'ONE ALL',
  evidence: 'PRINTS VIDEO TEXT_FILE LOGS RM_ERROR CALCULATION_MEMORY',
};
