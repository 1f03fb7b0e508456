import { ErrorCode } from '@atende/service';
import type { FastifyReply } from 'fastify';

const HEADERS = { 'cache-control': 'no-store', 'content-type': 'application/json; charset=utf-8', 'x-content-type-options': 'nosniff' };

/** An error as GraphQL would say it. */
export const answerError = (reply: FastifyReply, status: number, code: ErrorCode, message: string): FastifyReply =>
  reply
    .code(status)
    .headers(HEADERS)
    .send(JSON.stringify({ errors: [{ message, extensions: { code } }] }));

/** The one answer for whatever does not exist or may not be had. */
export const absent = (reply: FastifyReply): FastifyReply => answerError(reply, 404, ErrorCode.NOT_FOUND, 'Not found.');
