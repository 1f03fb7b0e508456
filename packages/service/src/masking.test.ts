import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ErrorCode } from './errors.ts';
import { messages } from './messages.ts';
import { ana } from './testing/toy-people.ts';
import { toyIds, toys } from './testing/toy-service.ts';
import { CANARY, type Trouble } from './testing/toy-troubles.ts';
import { startTestService, type TestService } from './testing-service.ts';

let service: TestService;
let logged = '';
const log = {
  write: (line: string) => {
    logged += line;
  },
};
beforeAll(async () => {
  service = await startTestService(toys, { logTo: log });
}, 60_000);
afterAll(() => service[Symbol.asyncDispose]());

const trouble = (kind: Trouble, language = 'en') =>
  service.ask(ana, 'query ($kind: String!) { trouble(kind: $kind) }', { kind }, { 'accept-language': language });

describe('an error that callers must not see into', () => {
  it.each<[Trouble, ErrorCode]>([
    ['thrown', ErrorCode.INTERNAL],
    ['sql', ErrorCode.INTERNAL],
    ['unique', ErrorCode.CONFLICT],
    ['missing', ErrorCode.NOT_FOUND],
    ['slow', ErrorCode.DEPENDENCY_UNAVAILABLE],
    ['gone', ErrorCode.DEPENDENCY_UNAVAILABLE],
    ['zero', ErrorCode.BAD_USER_INPUT],
    ['range', ErrorCode.BAD_USER_INPUT],
    ['refused', ErrorCode.TOO_LONG],
  ])('%s → %s, and nothing of the inside', async (kind, code) => {
    const answer = await trouble(kind);
    expect(answer.errors).toEqual([{ message: expect.any(String), locations: expect.any(Array), path: ['trouble'], extensions: { code } }]);
    expect(JSON.stringify(answer)).not.toMatch(new RegExp(`${CANARY}|select|insert|node_modules|\\.ts|/srv|127\\.0\\.0\\.1|box_`));
  });

  it('is logged with the request’s id and its frames, and without a value of its statement', async () => {
    logged = '';
    await service.ask(ana, 'query ($kind: String!) { trouble(kind: $kind) }', { kind: 'sql' }, { 'x-request-id': 'req_canary_trail' });
    const line = JSON.parse(logged.trim());
    expect(line).toMatchObject({ level: 50, requestId: 'req_canary_trail', path: 'trouble', err: { code: '42703' } });
    expect(line.err.stack).toContain('toy.resolver');
    expect(logged).not.toContain(CANARY);
  });

  it('that is expected is no noise in the log', async () => {
    logged = '';
    await trouble('missing');
    await service.ask(ana, '{ nothingLikeIt }');
    expect(logged).toBe('');
  });
});

describe('what callers are told', () => {
  it('is said in the language they asked for', async () => {
    const said = async (kind: Trouble, language: string) => (await trouble(kind, language)).errors?.[0]?.message;
    expect(await said('missing', 'en')).toBe(messages.NOT_FOUND?.en);
    expect(await said('missing', 'pt-BR')).toBe(messages.NOT_FOUND?.['pt-BR']);
    expect(await said('thrown', 'es')).toBe(messages.INTERNAL?.es);
    expect(await said('refused', 'es')).toBe('kind: Como máximo 3 caracteres; hay 7.');
  });

  it('keeps the sentence of whoever threw it, where they speak the same language', async () => {
    const stale = { input: { id: toyIds.box, expectedVersion: 9, label: 'x' } };
    const said = async (language: string) =>
      (
        await service.ask(ana, 'mutation ($input: RelabelBoxInput!) { relabelBox(input: $input) { box { id } } }', stale, {
          'accept-language': language,
        })
      ).errors?.[0];
    expect(await said('en')).toMatchObject({ message: 'The box was packed again meanwhile.', extensions: { code: 'CONFLICT' } });
    expect((await said('pt-BR'))?.message).toBe(messages.CONFLICT?.['pt-BR']);
  });

  it.each([
    ['a document that cannot be read', '{ boxes {'],
    ['an unknown field', '{ nothingLikeIt }'],
    ['a variable that is missing', 'query ($id: ID!) { box(id: $id) { id } }'],
    ['no document at all', ''],
  ])('names %s as the caller’s fault', async (_, query) => {
    const { errors } = await service.ask(ana, query);
    expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
  });

  it('is a conflict for all but one of those who change the same version at once', async () => {
    const input = { id: toyIds.box, expectedVersion: 0, label: 'packed at once' };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        service.ask(ana, 'mutation ($input: RelabelBoxInput!) { relabelBox(input: $input) { box { version } } }', { input }),
      ),
    );
    const codes = answers.flatMap(({ errors }) => errors?.map(({ extensions }) => extensions.code) ?? ['done']);
    expect(codes.toSorted()).toEqual([...Array(7).fill('CONFLICT'), 'done']);
  });

  it('is a payload where the user can mend it: every fault at once, in their language', async () => {
    const input = { clientKey: 'mend', label: '' };
    const answer = await service.ask(
      ana,
      'mutation ($input: PackBoxInput!) { packBox(input: $input) { box { id } errors { code field message } } }',
      { input },
      { 'accept-language': 'es' },
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.data.packBox).toEqual({
      box: null,
      errors: [
        { code: 'REQUIRED', field: ['input', 'label'], message: 'Complete este campo.' },
        { code: 'TOO_LONG', field: ['input', 'label'], message: 'Como máximo 0 caracteres; hay 0.' },
      ],
    });
  });
});

describe('every sentence of the house', () => {
  it.each(Object.entries(messages))('%s is said in three languages with the same blanks', (_, texts) => {
    const blanks = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).toSorted();
    for (const language of ['pt-BR', 'es'] as const) {
      expect(blanks(texts[language])).toEqual(blanks(texts.en));
      expect(texts[language]).not.toBe(texts.en);
    }
  });
});
