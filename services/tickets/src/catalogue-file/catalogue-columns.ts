import { reading } from '@atende/service/table';

// The columns of a table of the catalogue. The first heading of each is the one that exports write.

const headings = {
  parent: ['parent', 'acima', 'pai', 'padre', 'arriba'],
  level: ['level', 'nível', 'nivel'],
  code: ['code', 'código'],
  labelPt: ['label pt-BR', 'label', 'nome', 'nome pt', 'rótulo', 'nombre pt', 'name pt'],
  labelEn: ['label en', 'nome en', 'nombre en', 'name en'],
  labelEs: ['label es', 'nome es', 'nombre es', 'name es'],
  helpPt: ['help pt-BR', 'help', 'ajuda', 'ajuda pt', 'ayuda pt'],
  helpEn: ['help en', 'ajuda en', 'ayuda en'],
  helpEs: ['help es', 'ajuda es', 'ayuda es'],
  aliases: ['aliases', 'apelidos', 'sinônimos', 'alias', 'sinónimos'],
  serviceGroup: ['service group', 'agrupador de serviço', 'agrupador', 'agrupador de servicio'],
  kind: ['kind', 'tipo de ambiente', 'tipo', 'tipo de entorno'],
  position: ['position', 'posição', 'ordem', 'posición', 'orden'],
  retired: ['retired', 'retirado', 'fora de uso', 'fuera de uso'],
  replacedBy: ['replaced by', 'substituído por', 'sustituido por'],
  version: ['version', 'versão', 'versión'],
};
export type Column = keyof typeof headings;
export const columns = Object.keys(headings) as Column[];

export const headingOf = (column: Column): string => headings[column][0] as string;

/** The column that a heading names. */
export const columnOf = reading(Object.entries(headings) as [Column, string[]][]);

// One cell holds all aliases of an entry.
const SEPARATOR = ' | ';

export const aliasesCell = (aliases: readonly string[]): string => aliases.map((alias) => alias.replace(/[\\|]/g, '\\$&')).join(SEPARATOR);

export const aliasesIn = (cell: string): string[] =>
  Array.from(cell.matchAll(/(?:\\.|[^\\|]|\\$)+/gs), ([alias]) => alias.replace(/\\(.)/gs, '$1').trim()).filter(Boolean);
