import { expect, it } from '@jest/globals';
import { contentDisposition } from './content-disposition.ts';

it.each([
  ['rm.log', `attachment; filename="rm.log"; filename*=UTF-8''rm.log`],
  ['emissão.pdf', `attachment; filename="emissao.pdf"; filename*=UTF-8''emiss%C3%A3o.pdf`],
  ['a"; filename="b.exe', `attachment; filename="a_; filename=_b.exe"; filename*=UTF-8''a%22%3B%20filename%3D%22b.exe`],
  [`it's (1)*.txt`, `attachment; filename="it's (1)*.txt"; filename*=UTF-8''it%27s%20%281%29%2A.txt`],
  ['50%.txt', `attachment; filename="50_.txt"; filename*=UTF-8''50%25.txt`],
  ['日本.txt', `attachment; filename="__.txt"; filename*=UTF-8''%E6%97%A5%E6%9C%AC.txt`],
  ['half \ud83d.txt', `attachment; filename="half _.txt"; filename*=UTF-8''half%20%EF%BF%BD.txt`],
])('%j', (fileName, header) => {
  expect(contentDisposition(fileName)).toBe(header);
});
