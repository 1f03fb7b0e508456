import type { FieldDraft } from '../../form/form.ts';
import type { Rule } from '../../form/form-condition.ts';
import { type Localized, text } from '../../form/form-text.ts';

// The checklist of domain 2.8: optional answers, kept structured so that support need not ask again.

const asks = (key: string, kind: 'TEXT' | 'LONG_TEXT', label: Localized, help?: Localized): FieldDraft => ({
  key,
  label,
  help,
  kind,
  maxLength: kind === 'TEXT' ? 255 : 10_000,
});

const picks = (key: string, level: string, label: Localized, more: Partial<FieldDraft> = {}): FieldDraft => ({
  key,
  label,
  kind: 'SELECT',
  options: { levels: [level] },
  ...more,
});

export const checklist: FieldDraft[] = [
  asks('errorText', 'LONG_TEXT', text('Texto completo do erro', 'Complete error text', 'Texto completo del error')),
  asks(
    'systemVersion',
    'TEXT',
    text('Versão e release do sistema', 'Version and release of the system', 'Versión y release del sistema'),
    text(
      'Em Ambiente › Sobre › Mais Info, ou na aba Sistema.',
      'Under Ambiente › Sobre › Mais Info, or on the Sistema tab.',
      'En Ambiente › Sobre › Mais Info, o en la pestaña Sistema.',
    ),
  ),
  picks('database', 'DATABASE', text('Banco de dados', 'Database', 'Base de datos')),
  picks(
    'deployment',
    'DEPLOYMENT',
    text('Instalação: local, três camadas ou nuvem', 'Deployment: local, three-tier or cloud', 'Instalación: local, tres capas o nube'),
    {
      means: 'deployment',
    },
  ),
  {
    ...asks(
      'testEnvironment',
      'LONG_TEXT',
      text(
        'Dados do ambiente de teste onde ocorre',
        'Data of the test environment where it occurs',
        'Datos del ambiente de prueba donde ocurre',
      ),
    ),
    visible: { field: 'deployment', is: ['CLOUD'] },
  },
  asks('company', 'TEXT', text('Coligada', 'Company', 'Empresa')),
  asks('branch', 'TEXT', text('Filial', 'Branch', 'Sucursal')),
  asks('routinesUsed', 'TEXT', text('Rotinas utilizadas', 'Routines used', 'Rutinas utilizadas')),
  asks('exactSteps', 'LONG_TEXT', text('Passos exatos', 'Exact steps', 'Pasos exactos')),
  asks('expectedBehaviour', 'LONG_TEXT', text('Comportamento esperado', 'Expected behaviour', 'Comportamiento esperado')),
  asks('particularities', 'LONG_TEXT', text('Particularidades', 'Particularities', 'Particularidades')),
  asks('since', 'TEXT', text('Desde quando ocorre', 'Since when it occurs', 'Desde cuándo ocurre')),
  asks('versionBefore', 'TEXT', text('Versão antes da atualização', 'Version before the upgrade', 'Versión antes de la actualización')),
  asks('versionAfter', 'TEXT', text('Versão depois da atualização', 'Version after the upgrade', 'Versión después de la actualización')),
  picks('affectedUsers', 'AFFECTED_USERS', text('Um usuário ou todos', 'One user or all', 'Un usuario o todos')),
  picks('evidence', 'EVIDENCE', text('Evidências anexadas', 'Evidence attached', 'Evidencias adjuntas'), { kind: 'MULTI_SELECT' }),
];

/** Asked where work is said to be blocked; they decide on immediate attention (domain 4.1, 4.2). */
export const stoppage = (visible: Rule): FieldDraft[] => [
  picks(
    'businessStoppage',
    'BUSINESS_STOPPAGE',
    text('O que parou na empresa', 'What has stopped in the business', 'Qué se detuvo en la empresa'),
    { means: 'businessStoppage', visible },
  ),
  {
    key: 'inClientCustomization',
    label: text('Ocorre em customização própria', "Occurs in the client's own customization", 'Ocurre en una personalización propia'),
    kind: 'BOOLEAN',
    means: 'inClientCustomization',
    visible,
  },
];
