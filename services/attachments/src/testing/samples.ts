import { buildZip } from './zip-builder.ts';

// The smallest honest files of each kind, made here: no file of unknown origin lies in the repository.

export const png = Buffer.from(
  '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082',
  'hex',
);
export const gif = Buffer.from('47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b', 'hex');
export const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb004300' + '08'.repeat(64) + 'ffd9', 'hex');
export const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n');
export const mp4 = Buffer.concat([Buffer.from('00000018667479706d70343200000000', 'hex'), Buffer.from('mp42isom'), Buffer.alloc(64)]);
export const windowsProgram = Buffer.concat([
  Buffer.from('MZ'),
  Buffer.alloc(58),
  Buffer.from([64, 0, 0, 0]),
  Buffer.from('PE\0\0'),
  Buffer.alloc(64),
]);
export const linuxProgram = Buffer.concat([Buffer.from('7f454c46020101', 'hex'), Buffer.alloc(64)]);
export const log = Buffer.from('2026-03-02 12:00:01 RMS.Lib: emissão da nota 1234 falhou\r\n  at Fatura.Emitir()\r\n');
export const html = Buffer.from('<!DOCTYPE html>\n<html><body><script>alert(1)</script></body></html>');
export const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
export const invoice = Buffer.from(
  '<?xml version="1.0" encoding="UTF-8"?>\n<nfeProc versao="4.00" xmlns="http://www.portalfiscal.inf.br/nfe"><NFe/></nfeProc>',
);

export const eicar = Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''));

const contentTypes = (main: string): string =>
  `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="${main}+xml"/></Types>`;
const document = (main: string): Buffer =>
  buildZip({ name: '[Content_Types].xml', data: contentTypes(main) }, { name: 'word/document.xml', data: '<w:document/>' });
export const docx = document('application/vnd.openxmlformats-officedocument.wordprocessingml.document.main');
export const docm = document('application/vnd.ms-word.document.macroEnabled.main');

export const zip = buildZip({ name: 'logs/rm.log', data: log }, { name: 'print.png', data: png });
export const sevenZip = Buffer.concat([Buffer.from('377abcaf271c0004', 'hex'), Buffer.alloc(64)]);

/** An OLE compound file: header, and a directory sector whose root entry carries a class id. */
export function ole({ classId = '0609020000000000c000000000000046', entry = '' } = {}): Buffer {
  const file = Buffer.alloc(512 * 4);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file);
  file.writeUInt16LE(9, 0x1e);
  file.writeUInt32LE(1, 0x30);
  const root = 512 * 2;
  Buffer.from('Root Entry', 'utf16le').copy(file, root);
  Buffer.from(classId, 'hex').copy(file, root + 80);
  Buffer.from(entry, 'utf16le').copy(file, root + 128);
  return file;
}
