import { searchable } from '@atende/service';
import type { Scope } from '../contact/contact.ts';

// What a table of contacts may say, in the words of its three languages. Accents, capitals, spaces and hyphens do not count.

const headings = {
  email: ['e-mail', 'endereço de e-mail', 'correo', 'correo electrónico'],
  name: ['name', 'nome', 'nombre'],
  phone: ['phone', 'telefone', 'teléfono'],
  language: ['language', 'idioma'],
  timeZone: ['time zone', 'fuso horário', 'zona horaria', 'huso horario'],
  scope: ['scope', 'sees tickets', 'escopo', 'vê chamados', 'alcance', 've solicitudes'],
  mayOpen: ['may open', 'may open tickets', 'pode abrir', 'pode abrir chamados', 'puede abrir', 'puede abrir solicitudes'],
  administrator: ['administrator', 'administrador'],
  serviceManager: ['service manager', 'gestor de serviços', 'gestor de servicios'],
  active: ['active', 'ativo', 'activo'],
};
export type Column = keyof typeof headings;

const plain = (text: string): string => searchable(text).replaceAll(' ', '');

const reading = <Value>(words: readonly (readonly [Value, string[]])[]) => {
  const values = new Map(words.flatMap(([value, texts]) => texts.map((text) => [plain(text), value] as const)));
  return (text: string): Value | undefined => values.get(plain(text));
};

/** The column that a heading names. */
export const columnOf = reading(Object.entries(headings) as [Column, string[]][]);

export const flagOf = reading<boolean>([
  [true, ['yes', 'y', 'sim', 's', 'sí', 'true', '1', 'x']],
  [false, ['no', 'n', 'não', 'false', '0']],
]);

export const scopeOf = reading<Scope>([
  ['OWN', ['OWN', 'próprios', 'seus', 'propios', 'suyos']],
  ['ORGANIZATION', ['ORGANIZATION', 'organização', 'todos', 'organización', 'all']],
]);
