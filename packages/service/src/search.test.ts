import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ana } from './testing/toy-people.ts';
import { toyIds, toys } from './testing/toy-service.ts';
import { startTestService, type TestService } from './testing-service.ts';
import { anonymous } from './viewer.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService(toys);
}, 60_000);
afterAll(() => service[Symbol.asyncDispose]());

const SEARCH = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on SearchResult { text toys { id name } } } }';
const search = (text: string, viewer = ana) => service.ask(viewer, SEARCH, { of: [{ __typename: 'SearchResult', text }] });

describe('a section of search', () => {
  it('is reached by the text as its key, without the spaces around it', async () => {
    const { data } = await search('  ca ');
    expect(data._entities).toEqual([{ text: 'ca', toys: [{ id: toyIds.car, name: 'car' }] }]);
  });

  it('is absent for whom it is not, though the search itself is for anybody', async () => {
    expect(await search('ca', anonymous)).toEqual({ data: { _entities: [{ text: 'ca', toys: null }] } });
  });

  it.each(['', ' \t ', 'x'.repeat(201), 'x'.repeat(10_000)])('refuses a text of no or too many characters', async (text) => {
    expect((await search(text)).errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });

  it('takes 200 characters, and a zero byte for what it is', async () => {
    expect((await search('x'.repeat(200))).errors).toBeUndefined();
    expect((await search('d\0')).errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });
});
