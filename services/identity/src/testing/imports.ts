import type { Answer } from '@atende/service/testing';
import type { TestIdentity } from './identity.ts';

export const IMPORT = `mutation ($input: ImportContactsInput!) { importContacts(input: $input) {
  report { created updated unchanged refused lines { line outcome errors { code field message } } } errors { code field message } } }`;

let keys = 0;
/** What an administrator does with a file of contacts. */
export const importsOf = (identity: () => TestIdentity) => ({
  tryToImport: (as: string, csv: string, input: Record<string, unknown> = {}): Promise<Answer> =>
    identity().as(as, IMPORT, { input: { clientKey: `import-${++keys}`, csv, ...input } }),
  importing: async (as: string, csv: string, input: Record<string, unknown> = {}) =>
    (await identity().as(as, IMPORT, { input: { clientKey: `import-${++keys}`, csv, ...input } })).data.importContacts,
});

/** A thousand lines, three of them wrong. */
export function thousandLines(): string {
  const lines = Array.from({ length: 1_000 }, (_, at) => `pessoa${at}@acme.example;Pessoa ${at};+55 11 5555-${1_000 + at};próprios;sim`);
  lines[10] = 'not an address;Pessoa 10;;;';
  lines[500] = 'pessoa500@acme.example;;;everything;perhaps';
  lines[999] = 'pessoa0@acme.example;Outra vez;;;';
  return `e-mail;nome;telefone;escopo;pode abrir\r\n${lines.join('\r\n')}\r\n`;
}
