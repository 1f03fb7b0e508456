import { expect, it } from '@jest/globals';
import { ruleWithoutForm, stricter, type UploadRule, uploadFaults } from './upload-rule.ts';

const buildRule = (changes: Partial<UploadRule> = {}): UploadRule => ({ ...ruleWithoutForm, ...changes });
const file = { fileName: 'logs.zip', size: 1000, contentType: 'application/zip' };
const none = { ofDraft: 0, ofPerson: 0 };
const codes = (changes: Partial<typeof file>, rule = ruleWithoutForm, waiting = none) =>
  uploadFaults({ ...file, ...changes }, rule, waiting).map((fault) => fault.code);

it.each([
  ['a size below zero', { size: -1 }, 'BAD_USER_INPUT'],
  ['half a byte', { size: 1.5 }, 'BAD_USER_INPUT'],
  ['no size', { size: Number.NaN }, 'BAD_USER_INPUT'],
  ['an empty file', { size: 0 }, 'FILE_EMPTY'],
  ['more than the form takes', { size: 100 * 1024 ** 2 + 1 }, 'FILE_TOO_LARGE'],
  ['what is no media type', { contentType: 'zip' }, 'BAD_USER_INPUT'],
  ['a media type with a line in it', { contentType: 'text/plain\r\nx: y' }, 'BAD_USER_INPUT'],
  ['a page', { contentType: 'Text/HTML; charset=utf-8' }, 'FILE_TYPE_REFUSED'],
  ['a drawing that runs code', { contentType: 'image/svg+xml' }, 'FILE_TYPE_REFUSED'],
])('%s is refused', (_, changes, code) => {
  expect(codes(changes)).toEqual([code]);
});

it('exactly as much as the form takes passes', () => {
  expect(codes({ size: 100 * 1024 ** 2 })).toEqual([]);
});

it('a file without an extension is none of a list', () => {
  expect(codes({ fileName: 'RMError', contentType: '' })).toEqual([]);
  expect(codes({ fileName: 'RMError', contentType: '' }, buildRule({ extensions: ['log'] }))).toEqual(['FILE_TYPE_REFUSED']);
});

it('an archive form takes zip and rar', () => {
  const rule = buildRule({ archivesOnly: true });
  expect(['a.zip', 'a.rar', 'a.gz', 'a.docx'].map((fileName) => codes({ fileName, contentType: '' }, rule))).toEqual([
    [],
    [],
    ['FILE_TYPE_REFUSED'],
    ['FILE_TYPE_REFUSED'],
  ]);
});

it('nobody keeps a hundred files waiting', () => {
  expect(codes({}, ruleWithoutForm, { ofDraft: 9, ofPerson: 99 })).toEqual([]);
  expect(codes({}, ruleWithoutForm, { ofDraft: 10, ofPerson: 10 })).toEqual(['TOO_MANY']);
  expect(codes({}, ruleWithoutForm, { ofDraft: 0, ofPerson: 100 })).toEqual(['TOO_MANY']);
});

it('of two rules the stricter holds in everything', () => {
  const a = buildRule({ extensions: ['pdf', 'zip'], maxFiles: 3, maxBytes: 10 });
  const b = buildRule({ extensions: ['zip', 'rar'], archivesOnly: true, maxFiles: 5, maxBytes: 5 });
  expect(stricter(a, b)).toEqual({ extensions: ['zip'], archivesOnly: true, maxFiles: 3, maxBytes: 5 });
  expect(stricter(a, ruleWithoutForm).extensions).toEqual(['pdf', 'zip']);
  expect(stricter(ruleWithoutForm, a).extensions).toEqual(['pdf', 'zip']);
});
