import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { extensionOf } from '../file-name.ts';
import { buildRar4, buildRar5 } from '../testing/rar-builder.ts';
import {
  docm,
  docx,
  eicar,
  gif,
  html,
  invoice,
  jpeg,
  linuxProgram,
  log,
  mp4,
  ole,
  pdf,
  png,
  sevenZip,
  svg,
  windowsProgram,
  zip,
} from '../testing/samples.ts';
import { buildZip } from '../testing/zip-builder.ts';
import type { RefusalReason } from './refusal.ts';
import { inspect } from './verdict.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atende-verdict-'));
});
afterAll(() => rm(folder, { recursive: true }));

let files = 0;
async function verdictOn(fileName: string, content: Buffer, { declaredType = '', archivesOnly = false } = {}) {
  const path = join(folder, `${++files}`);
  await writeFile(path, content);
  return inspect(
    { path, size: content.length, extension: extensionOf(fileName), declaredType, archivesOnly },
    new AbortController().signal,
  );
}

const nested = (levels: number): Buffer =>
  levels === 1 ? buildZip({ name: 'a.txt', data: 'a' }) : buildZip({ name: 'inner.zip', data: nested(levels - 1) });
const megabytes = (count: number): Buffer => Buffer.alloc(count * 1024 ** 2);

describe('a hostile file gets its documented verdict', () => {
  const pngThenZip = Buffer.concat([png, zip]);
  const table: [what: string, fileName: string, content: Buffer, reason: RefusalReason, declaredType?: string][] = [
    ['a pdf called png', 'print.png', pdf, 'DISGUISED'],
    ['a png called pdf', 'nota.pdf', png, 'DISGUISED'],
    ['noise called png', 'print.png', Buffer.from('nothing of a png'), 'DISGUISED'],
    ['a png declared as a pdf', 'print.png', png, 'DISGUISED', 'application/pdf'],
    ['binary called txt', 'notas.txt', Buffer.from([1, 0, 2, 0, 3]), 'DISGUISED'],
    ['a pdf called txt', 'notas.txt', pdf, 'DISGUISED'],
    ['a zip called docx', 'carta.docx', zip, 'DISGUISED'],
    ['a Windows program called png', 'print.png', windowsProgram, 'EXECUTABLE'],
    ['a Windows program without a name that tells', 'dump', windowsProgram, 'EXECUTABLE'],
    ['a Linux program called log', 'rm.log', linuxProgram, 'EXECUTABLE'],
    ['a shell script called txt', 'passos.txt', Buffer.from('#!/bin/sh\nrm -rf /\n'), 'EXECUTABLE'],
    ['PHP called txt', 'passos.txt', Buffer.from('<?php system($_GET["c"]);'), 'EXECUTABLE'],
    ['an installer called xls', 'planilha.xls', ole({ classId: '84100c0000000000c000000000000046' }), 'EXECUTABLE'],
    ['an old document with macros', 'planilha.xls', ole({ entry: '_VBA_PROJECT' }), 'MACROS'],
    ['a document with macros called docx', 'carta.docx', docm, 'MACROS'],
    ['HTML called png', 'print.png', html, 'ACTIVE_CONTENT'],
    ['HTML called txt', 'resposta.txt', html, 'ACTIVE_CONTENT'],
    ['HTML without an extension', 'resposta', html, 'ACTIVE_CONTENT'],
    ['HTML without a doctype', 'resposta.txt', Buffer.from('\n<Body onload="alert(1)">'), 'ACTIVE_CONTENT'],
    ['SVG without a namespace', 'nota.xml', Buffer.from('<svg onload="alert(1)"/>'), 'ACTIVE_CONTENT'],
    [
      'HTML in UTF-16',
      'resposta.txt',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(html.toString(), 'utf16le')]),
      'ACTIVE_CONTENT',
    ],
    ['SVG called png', 'print.png', svg, 'ACTIVE_CONTENT'],
    ['SVG called xml', 'nota.xml', Buffer.concat([Buffer.from('<?xml version="1.0"?><!-- a -->\n'), svg]), 'ACTIVE_CONTENT'],
    [
      'XML with a script of another namespace',
      'nota.xml',
      Buffer.from('<a xmlns:h="http://www.w3.org/1999/xhtml"><h:script/></a>'),
      'ACTIVE_CONTENT',
    ],
    ['XML with a stylesheet', 'nota.xml', Buffer.from('<?xml version="1.0"?><?xml-stylesheet href="x.xsl"?><a/>'), 'ACTIVE_CONTENT'],
    ['an XML bomb', 'nota.xml', Buffer.from('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'), 'ACTIVE_CONTENT'],
    ['a gif that is a page', 'print.gif', Buffer.concat([gif, Buffer.from('<ScRiPt>alert(1)</script>')]), 'POLYGLOT'],
    ['a png that is a zip', 'print.png', pngThenZip, 'POLYGLOT'],
    ['a pdf that is a zip', 'nota.pdf', Buffer.concat([pdf, zip]), 'POLYGLOT'],
    ['the test virus', 'rm.log', eicar, 'MALWARE'],
    ['the test virus across a piece of the stream', 'rm.log', Buffer.concat([Buffer.alloc(256 * 1024 - 30, 'a'), eicar]), 'MALWARE'],
    ['the test virus in a zip', 'logs.zip', buildZip({ name: 'a.txt', data: eicar }), 'MALWARE'],
    [
      'the test virus in a zip in a zip',
      'logs.zip',
      buildZip({ name: 'a.zip', data: buildZip({ name: 'a.txt', data: eicar }) }),
      'MALWARE',
    ],
    ['the test virus in a gzip', 'rm.log.gz', gzipSync(eicar), 'MALWARE'],
    ['a zip bomb', 'logs.zip', buildZip({ name: 'zeros', data: megabytes(80) }), 'BOMB'],
    [
      'a zip bomb in a zip',
      'logs.zip',
      buildZip({ name: 'a.zip', data: buildZip({ name: 'zeros', data: megabytes(80) }), stored: true }),
      'BOMB',
    ],
    ['a gzip bomb', 'rm.log.gz', gzipSync(megabytes(80)), 'BOMB'],
    [
      'a zip with 10,001 files',
      'logs.zip',
      buildZip(...Array.from({ length: 10_001 }, (_, i) => ({ name: `${i}`, stored: true }))),
      'BOMB',
    ],
    ['a zip that claims a gigabyte and more', 'logs.zip', buildZip({ name: 'a', data: 'a', claims: 2 ** 31 }), 'BOMB'],
    ['a zip that lies about its sizes', 'logs.zip', buildZip({ name: 'a', data: megabytes(1), claims: 10 }), 'BROKEN_ARCHIVE'],
    ['a rar that claims a gigabyte and more', 'logs.rar', buildRar5([{ name: 'a', claims: 2 ** 40 }]), 'BOMB'],
    ['a zip four deep', 'logs.zip', nested(4), 'NESTED_TOO_DEEP'],
    ['a rar that holds a zip', 'logs.rar', buildRar5([{ name: 'inner.zip' }]), 'NESTED_TOO_DEEP'],
    ['a zip that leaves its folder', 'logs.zip', buildZip({ name: '../../etc/cron.d/x' }), 'TRAVERSAL'],
    ['a zip that leaves its folder in Windows', 'logs.zip', buildZip({ name: 'a\\..\\..\\x' }), 'TRAVERSAL'],
    ['a zip with an absolute path', 'logs.zip', buildZip({ name: '/etc/passwd' }), 'TRAVERSAL'],
    ['a zip with a drive', 'logs.zip', buildZip({ name: 'C:\\x.txt' }), 'TRAVERSAL'],
    ['a zip with a link', 'logs.zip', buildZip({ name: 'x', data: '/etc/passwd', mode: 0o120777 }), 'TRAVERSAL'],
    ['a rar that leaves its folder', 'logs.rar', buildRar5([{ name: '../x' }]), 'TRAVERSAL'],
    ['a rar with a link', 'logs.rar', buildRar5([{ name: 'x', link: true }]), 'TRAVERSAL'],
    ['an old rar that leaves its folder', 'logs.rar', buildRar4([{ name: '..\\x' }]), 'TRAVERSAL'],
    ['an old rar with a link', 'logs.rar', buildRar4([{ name: 'x', link: true }]), 'TRAVERSAL'],
    ['an old rar with two names', 'logs.rar', buildRar4([{ name: '', field: Buffer.from('a.txt\0\0\x00../x', 'latin1') }]), 'TRAVERSAL'],
    ['an encrypted zip', 'logs.zip', buildZip({ name: 'a.txt', data: 'a', encrypted: true }), 'ENCRYPTED'],
    ['a rar with an encrypted file', 'logs.rar', buildRar5([{ name: 'a.txt', encrypted: true }]), 'ENCRYPTED'],
    ['a rar with encrypted names', 'logs.rar', buildRar5([{ name: 'a.txt' }], { headersEncrypted: true }), 'ENCRYPTED'],
    ['an old rar with an encrypted file', 'logs.rar', buildRar4([{ name: 'a.txt', encrypted: true }]), 'ENCRYPTED'],
    ['an old rar with encrypted names', 'logs.rar', buildRar4([], { headersEncrypted: true }), 'ENCRYPTED'],
    ['a zip with a program', 'logs.zip', buildZip({ name: 'setup.exe', data: windowsProgram }), 'EXECUTABLE'],
    ['a zip with a program under another name', 'logs.zip', buildZip({ name: 'print.png', data: windowsProgram }), 'EXECUTABLE'],
    ['a rar with a script', 'logs.rar', buildRar5([{ name: 'x.vbs' }]), 'EXECUTABLE'],
    ['a zip with two spellings of a name', 'logs.zip', buildZip({ name: 'a.txt', localName: 'b.exe', data: 'a' }), 'BROKEN_ARCHIVE'],
    ['a zip cut off', 'logs.zip', zip.subarray(0, zip.length - 10), 'BROKEN_ARCHIVE'],
    ['a gzip cut off', 'rm.log.gz', gzipSync(log).subarray(0, 40), 'BROKEN_ARCHIVE'],
    ['a rar cut off', 'logs.rar', buildRar4([{ name: 'a.txt' }]).subarray(0, 40), 'BROKEN_ARCHIVE'],
    ['a zip packed in an unknown way', 'logs.zip', buildZip({ name: 'a.txt', data: 'a', method: 14 }), 'ARCHIVE_NOT_INSPECTABLE'],
    ['a 7z', 'logs.7z', sevenZip, 'ARCHIVE_NOT_INSPECTABLE'],
    ['a 7z called zip', 'logs.zip', sevenZip, 'ARCHIVE_NOT_INSPECTABLE'],
    ['a zip with a 7z', 'logs.zip', buildZip({ name: 'a.7z', data: sevenZip }), 'ARCHIVE_NOT_INSPECTABLE'],
  ];
  it.each(table)('%s', async (_, fileName, content, reason, declaredType = '') => {
    expect(await verdictOn(fileName, content, { declaredType })).toMatchObject({ passed: false, reason });
  });

  it('leaves nothing behind of what it unpacked to look at', async () => {
    await verdictOn('logs.zip', nested(4));
    expect((await readdir(folder)).filter((name) => name.includes('nested'))).toEqual([]);
  });
});

describe('an honest file passes as what it is', () => {
  const table: [fileName: string, content: Buffer, mediaType: string, declaredType?: string][] = [
    ['print.png', png, 'image/png', 'image/png'],
    ['PRINT.JPEG', jpeg, 'image/jpeg', 'image/jpg'],
    ['anim.gif', gif, 'image/gif'],
    ['nota.pdf', pdf, 'application/pdf', 'application/pdf'],
    ['tela.mp4', mp4, 'video/mp4', 'video/mp4'],
    ['rm.log', log, 'text/plain', 'application/octet-stream'],
    ['vendas.csv', Buffer.from('a;b\n1;2\n'), 'text/csv', 'application/vnd.ms-excel'],
    ['nota.xml', invoice, 'application/xml', 'text/xml'],
    ['BMW.txt', Buffer.from('BM is how a bitmap begins, and this is none'), 'text/plain', 'text/plain'],
    ['erro.txt', Buffer.from('Resposta: <html><body>500</body></html>'), 'text/plain'],
    ['carta.docx', docx, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['planilha.xls', ole(), 'application/vnd.ms-excel'],
    ['logs.zip', zip, 'application/zip', 'application/x-zip-compressed'],
    ['logs.zip', nested(3), 'application/zip'],
    ['logs.rar', buildRar5([{ name: 'logs/rm.log', data: 'a' }]), 'application/vnd.rar'],
    ['logs.rar', buildRar4([{ name: 'logs\\rm.log', data: 'a' }]), 'application/vnd.rar'],
    ['rm.log.gz', gzipSync(log), 'application/gzip'],
    ['RMError', log, 'text/plain'],
    ['crash.log', Buffer.concat([log, log, Buffer.from([0]), log]), 'text/plain'],
    ['memory.dmp', Buffer.from([1, 2, 3, 0, 0]), 'application/octet-stream'],
    ['foto.evidencia', png, 'image/png'],
  ];
  it.each(table)('%s', async (fileName, content, mediaType, declaredType = '') => {
    expect(await verdictOn(fileName, content, { declaredType })).toMatchObject({ passed: true, mediaType });
  });
});

describe('where a form takes only archives', () => {
  it.each([
    ['logs.zip', zip, true],
    ['logs.rar', buildRar5([{ name: 'a.log' }]), true],
  ])('%s passes as one', async (fileName, content) => {
    expect(await verdictOn(fileName, content, { archivesOnly: true })).toMatchObject({ passed: true, archive: true });
  });

  it.each([
    ['print.png', png],
    ['carta.docx', docx],
    ['rm.log.gz', gzipSync(log)],
  ])('%s is refused', async (fileName, content) => {
    expect(await verdictOn(fileName, content, { archivesOnly: true })).toMatchObject({ passed: false, reason: 'NOT_AN_ARCHIVE' });
  });
});

it.each([
  ['rm.log', log],
  ['logs.zip', zip],
])('stops at once with %s when the service stops', async (fileName, content) => {
  const path = join(folder, fileName);
  await writeFile(path, content);
  const file = { path, size: content.length, extension: extensionOf(fileName), declaredType: '', archivesOnly: false };
  await expect(inspect(file, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
});
