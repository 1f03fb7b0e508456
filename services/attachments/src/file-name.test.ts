import { describe, expect, it } from '@jest/globals';
import { extensionOf, nameFaults } from './file-name.ts';

const codes = (name: string) => nameFaults(name).map((fault) => fault.code);

describe('a file’s name is refused', () => {
  it.each([
    ['', 'REQUIRED'],
    ['   ', 'REQUIRED'],
    [`${'a'.repeat(197)}.txt`, 'TOO_LONG'],
    ['../../etc/passwd', 'FILE_NAME_REFUSED'],
    ['..\\boot.ini', 'FILE_NAME_REFUSED'],
    ['..%2f..%2fetc%2fpasswd', 'FILE_NAME_REFUSED'],
    ['..', 'FILE_NAME_REFUSED'],
    ['/etc/passwd', 'FILE_NAME_REFUSED'],
    ['C:nota.pdf', 'FILE_NAME_REFUSED'],
    ['nota.txt:nota2.txt', 'FILE_NAME_REFUSED'],
    ['nota\u0000.txt', 'FILE_NAME_REFUSED'],
    ['nota\r\nSet-Cookie: a=b.txt', 'FILE_NAME_REFUSED'],
    ['fatura\u202efdp.txt', 'FILE_NAME_REFUSED'],
    ['CON', 'FILE_NAME_REFUSED'],
    ['nul.txt', 'FILE_NAME_REFUSED'],
    ['nota.pdf.', 'FILE_NAME_REFUSED'],
    ['setup.exe', 'FILE_TYPE_REFUSED'],
    ['SETUP.EXE', 'FILE_TYPE_REFUSED'],
    ['nota.pdf.exe', 'FILE_TYPE_REFUSED'],
    ['nota.pdf      .scr', 'FILE_TYPE_REFUSED'],
    ['nota.exe.pdf', 'FILE_TYPE_REFUSED'],
    ['print.svg', 'FILE_TYPE_REFUSED'],
    ['pagina.html', 'FILE_TYPE_REFUSED'],
    ['pagina.html.png', 'FILE_TYPE_REFUSED'],
    ['setup.exe.zip', 'FILE_TYPE_REFUSED'],
    ['macro.vbs', 'FILE_TYPE_REFUSED'],
    ['atalho.lnk', 'FILE_TYPE_REFUSED'],
  ])('%j: %s', (name, code) => {
    expect(codes(name)).toEqual([code]);
  });

  it('for everything that is wrong with it at once', () => {
    expect(codes(`../${'a'.repeat(200)}.exe`)).toEqual(['TOO_LONG', 'FILE_NAME_REFUSED', 'FILE_TYPE_REFUSED']);
  });
});

it.each([
  'rm.log',
  'Captura de Tela 2026-03-02 às 12.00.00.png',
  'nota v1.2.pdf',
  'backup.tar.gz',
  'www.acme.com.png',
  'pagina.html.zip',
  'RMError',
  'ação “1” (cópia).docx',
  '.env.txt',
  'next.js notas.txt',
])('an honest name passes: %s', (name) => {
  expect(nameFaults(name)).toEqual([]);
});

it.each([
  ['a.PDF', 'pdf'],
  ['a.tar.gz', 'gz'],
  ['a', null],
  ['a.', null],
  ['a. b', null],
  ['.gitignore', 'gitignore'],
  ['a.exe ', 'exe'],
  ['a.abcdefghijklmnopq', null],
])('the extension of %j is %j', (name, extension) => {
  expect(extensionOf(name)).toBe(extension);
});
