import { expect, test } from '@jest/globals';
import { optionListId } from './option-list.ts';

const modules = { lists: ['MODULE', 'PRODUCT'], depth: 'CHILDREN' as const, below: 'opt_0000000000000000000000000a' };

test('one list has one id, whatever the order in which a form names its parts', () => {
  expect(optionListId({ ...modules, lists: ['PRODUCT', 'MODULE'] })).toBe(optionListId(modules));
  expect(optionListId(modules)).toMatch(/^lst_[A-Za-z0-9_-]+$/);
});

test('another depth, another entry above or none is another list', () => {
  const others = [modules, { ...modules, depth: 'DESCENDANTS' as const }, { ...modules, below: null }, { ...modules, lists: ['MODULE'] }];
  expect(new Set(others.map(optionListId)).size).toBe(others.length);
});
