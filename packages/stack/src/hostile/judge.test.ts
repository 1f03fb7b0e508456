import { expect, it } from '@jest/globals';
import { faultsOf } from './judge.ts';

const URL = 'http://127.0.0.1:4000';
const judged = (text: string, { status = 200, contentType = 'application/json; charset=utf-8', sent = '' } = {}) =>
  faultsOf({ status, contentType, text }, URL, sent);
const error = (code: string, message = 'No.') => JSON.stringify({ errors: [{ message, extensions: { code, requestId: 'req_12345678' } }] });

it.each<[string, string[]]>([
  ['an answer', judged('{"data":{"viewer":null}}')],
  ['a refusal with a code', judged(error('BAD_USER_INPUT'), { status: 400 })],
  ['the public address in it', judged(`{"data":{"uploadUrl":"${URL}/files/uploads/att_1"}}`)],
  ['what was sent, said again', judged(error('BAD_USER_INPUT', 'got "postgres"'), { sent: 'postgres' })],
])('%s is fine', (_, faults) => {
  expect(faults).toEqual([]);
});

it.each<[string, string[]]>([
  ['a 5xx', judged('{"data":null}', { status: 500 })],
  ['a page', judged('{}', { contentType: 'text/html' })],
  ['half an answer', judged('{"data":')],
  ['a defect', judged(error('INTERNAL'))],
  ['a service that did not answer', judged(error('DEPENDENCY_UNAVAILABLE'))],
  ['an error without a code', judged('{"errors":[{"message":"No."}]}')],
  ['a stack', judged(error('CONFLICT', 'no at Ticket.open (x'))],
  ['a line of code', judged(error('CONFLICT', 'ticket.ts:12'))],
  ['a path', judged(error('CONFLICT', 'cannot read /home/atende/x'))],
  ['a host', judged(error('CONFLICT', 'connect to 127.0.0.1'))],
  ['SQL', judged(error('CONFLICT', 'select "id" from "ticket"'))],
  ['words of PostgreSQL', judged(error('CONFLICT', 'invalid byte sequence for encoding'))],
  ['words of JavaScript', judged(error('CONFLICT', 'x is not a function'))],
])('%s is found', (_, faults) => {
  expect(faults).toHaveLength(1);
});
