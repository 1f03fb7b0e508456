import type { Refused } from '@atende/service';
import { describe, expect, it } from '@jest/globals';
import { contactRows } from './contact-table.ts';

const faultsOf = async (csv: string) => {
  try {
    return (await contactRows(csv)).length;
  } catch (error) {
    return (error as Refused).faults.map(({ code, params }) => [code, ...Object.values(params ?? {})].join(' '));
  }
};

describe('a table of contacts', () => {
  const cells = { email: 'davi@acme.example', name: 'Davi Rocha', mayOpen: 'sim' };

  it.each([
    ['in Portuguese, by semicolons', 'E-mail;Nome;Pode abrir chamados\ndavi@acme.example;Davi Rocha;sim'],
    ['in English, by commas', 'EMAIL,Name,may_open\ndavi@acme.example,Davi Rocha,sim\n'],
    ['in Spanish, quoted', '"Correo electrónico","Nombre","Puede abrir"\n"davi@acme.example"," Davi Rocha ","sim"'],
    ['with the names of the inputs', 'email,name,mayOpen\ndavi@acme.example,Davi Rocha,sim'],
    ['as spreadsheets of Windows write it', '\uFEFFe-mail;nome;pode abrir\r\ndavi@acme.example;Davi Rocha;sim\r\n'],
  ])('is read %s', async (_, csv) => {
    expect(await contactRows(csv)).toEqual([{ line: 2, cells }]);
  });

  it('leaves empty cells and empty lines out, and keeps the numbers of the others', async () => {
    const rows = await contactRows('email;name;phone\n\na@acme.example;A;\n;;\nb@acme.example;;+55 11 5555-0000\n');
    expect(rows).toEqual([
      { line: 3, cells: { email: 'a@acme.example', name: 'A' } },
      { line: 5, cells: { email: 'b@acme.example', phone: '+55 11 5555-0000' } },
    ]);
  });

  it('takes what looks like a formula, a quote or a separator as text', async () => {
    const [row] = await contactRows('email,name\na@acme.example,"=HYPERLINK(""http://x"", ""Souza, Ana"")"');
    expect(row?.cells?.name).toBe('=HYPERLINK("http://x", "Souza, Ana")');
    expect((await contactRows('email,name\na@acme.example,Ana "Nina" Souza'))[0]?.cells?.name).toBe('Ana "Nina" Souza');
  });

  it('knows a line with other columns than the header', async () => {
    expect((await contactRows('email;name\na@acme.example\nb@acme.example;B;C')).map(({ cells }) => cells)).toEqual([null, null]);
  });

  it.each([
    ['', ['REQUIRED']],
    ['name\nAna', ['NOT_CSV']],
    ['email,name,role,e-mail\na@acme.example,A,supervisor,x', ['UNKNOWN_FIELD role', 'UNKNOWN_FIELD e-mail']],
    ['email,name\na@acme.example,"Ana', ['NOT_CSV']],
    [`email\n${'a'.repeat(20_000)}`, ['NOT_CSV']],
    [`email\n${'a@acme.example\n'.repeat(1_001)}`, ['TOO_MANY 1000']],
    ['a'.repeat(300_000), ['TOO_LONG 262144 300000']],
    ['email,__proto__,constructor\n', ['UNKNOWN_FIELD __proto__', 'UNKNOWN_FIELD constructor']],
  ])('is refused as a whole: %.40j', async (csv, faults) => {
    expect(await faultsOf(csv)).toEqual(faults);
  });
});
