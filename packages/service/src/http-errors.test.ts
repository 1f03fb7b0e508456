import { expect, it } from '@jest/globals';
import fastify from 'fastify';
import { answerHttpErrors } from './http-errors.ts';
import { makeLog } from './log.ts';

it('a failure of a service’s own HTTP is logged under the ids of its request, and told to nobody', async () => {
  const lines: unknown[] = [];
  const server = fastify();
  answerHttpErrors(server, makeLog('toys', 'info', { write: (line) => lines.push(JSON.parse(line)) }));
  server.get('/broken', () => {
    throw new Error('the shelf fell down');
  });
  const traceId = 'a'.repeat(32);
  const headers = { 'x-request-id': 'req_12345678', traceparent: `00-${traceId}-${'b'.repeat(16)}-00` };
  const answer = await server.inject({ url: '/broken', headers });
  expect([answer.statusCode, answer.json()]).toEqual([
    500,
    { errors: [{ message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL' } }] },
  ]);
  expect(lines).toMatchObject([{ level: 50, requestId: 'req_12345678', traceId, err: { message: 'the shelf fell down' } }]);
  await server.close();
});
