import { type Localized, text } from '../../form/form-text.ts';

// Names of effects are ours.

/** Effects that every product line knows; each adds its own. */
export const commonEffects: (readonly [string, Localized])[] = [
  ['SYSTEM_DOWN', text('Sistema indisponível', 'System down', 'Sistema no disponible')],
  ['PROCESS_STOPPED', text('Processo parado', 'Process stopped', 'Proceso detenido')],
  ['WRONG_RESULT', text('Resultado incorreto', 'Wrong result', 'Resultado incorrecto')],
  ['LEGAL_OBLIGATION', text('Obrigação legal não atendida', 'Legal obligation not met', 'Obligación legal no cumplida')],
  ['SLOWNESS', text('Lentidão', 'Slowness', 'Lentitud')],
  ['PRESENTATION', text('Apresentação de tela ou relatório', 'Look of a screen or report', 'Presentación de pantalla o informe')],
  ['NO_EFFECT', text('Sem efeito sobre o trabalho', 'No effect on the work', 'Sin efecto sobre el trabajo')],
];

/** Effects of any product line that say that work cannot go on. */
export const blockingEffects = [
  ...['SYSTEM_DOWN', 'PROCESS_STOPPED', 'INVOICING_BLOCKED', 'PAYROLL_STOPPED', 'PRODUCTION_LINE_STOPPED'],
  ...['LOADING_BLOCKED', 'SHIPPING_BLOCKED', 'RECEIVING_BLOCKED', 'ACCESS_BLOCKED'],
];
