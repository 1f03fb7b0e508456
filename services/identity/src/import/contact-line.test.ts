import { describe, expect, it } from '@jest/globals';
import { contactLines } from './contact-line.ts';
import { contactRows } from './contact-table.ts';

const judged = async (csv: string) => contactLines(await contactRows(csv));
const faults = async (csv: string) =>
  (await judged(csv)).map((line) =>
    line.faults.map(({ code, field, params }) => `${field?.join('.')} ${code} ${params?.line ?? ''}`.trim()),
  );

describe('a line about a contact', () => {
  it('says only what its cells say', async () => {
    const head = 'e-mail;nome;telefone;idioma;fuso horário;escopo;pode abrir;administrador;gestor de serviços;ativo\n';
    expect(await judged(`${head} Davi@ACME.example ;Davi;+55 11 5555-0000;es;America/Manaus;organização;não;SIM;s;1`)).toEqual([
      {
        ...{ line: 2, login: 'davi@acme.example', language: 'es', timeZone: 'America/Manaus', faults: [] },
        said: {
          ...{ name: 'Davi', phone: '+55 11 5555-0000', scope: 'ORGANIZATION' },
          ...{ mayOpen: false, administrator: true, serviceManager: true, active: true },
        },
      },
    ]);
    expect((await judged(`${head}davi@acme.example;;;;;;;;;`))[0]).toMatchObject({ said: {}, faults: [] });
  });

  it('gets all its faults at once, each with its column', async () => {
    expect(await faults('email,name,phone,language,timezone,scope,active\nana,"a\nb",call me,fr,Mars,everything,perhaps')).toEqual([
      [
        ...['email NOT_AN_EMAIL', 'name BAD_USER_INPUT', 'phone BAD_USER_INPUT', 'language BAD_USER_INPUT', 'timeZone BAD_USER_INPUT'],
        ...['scope NOT_AN_OPTION', 'active NOT_AN_OPTION'],
      ],
    ]);
    expect(await faults('email,name\n,Ana\na@acme.example')).toEqual([['email REQUIRED'], ['NOT_CSV']]);
  });

  it('counts for an address only where it stands first', async () => {
    expect(await faults('email\na@acme.example\nb@acme.example\nA@acme.example\n a@ACME.example')).toEqual([
      [],
      [],
      ['email DUPLICATE_LINE 2'],
      ['email DUPLICATE_LINE 2'],
    ]);
  });
});
