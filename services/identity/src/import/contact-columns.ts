import { reading } from '@atende/service/table';
import type { Scope } from '../contact/contact.ts';

// What a table of contacts may say, in the words of its three languages.

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

/** The column that a heading names. */
export const columnOf = reading(Object.entries(headings) as [Column, string[]][]);

export const scopeOf = reading<Scope>([
  ['OWN', ['OWN', 'próprios', 'seus', 'propios', 'suyos']],
  ['ORGANIZATION', ['ORGANIZATION', 'organização', 'todos', 'organización', 'all']],
]);
