import { ErrorCode, type Log } from '@atende/service';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';

const HEADERS = { 'cache-control': 'no-store', 'content-type': 'application/json; charset=utf-8', 'x-content-type-options': 'nosniff' };

/** An error as GraphQL would say it. */
export const answerError = (reply: FastifyReply, status: number, code: ErrorCode, message: string): FastifyReply =>
  reply
    .code(status)
    .headers(HEADERS)
    .send(JSON.stringify({ errors: [{ message, extensions: { code } }] }));

/** The one answer for whatever does not exist or may not be had. */
export const absent = (reply: FastifyReply): FastifyReply => answerError(reply, 404, ErrorCode.NOT_FOUND, 'Not found.');

/** What goes wrong is logged whole and answered without a word of it. */
export function answerFaults(server: FastifyInstance, log: Log): void {
  server.setErrorHandler((error: FastifyError, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) return answerError(reply, status, ErrorCode.BAD_USER_INPUT, 'This request cannot be read.');
    log.error({ err: error }, 'a request for a file failed');
    return answerError(reply, 500, ErrorCode.INTERNAL, 'Something went wrong on our side.');
  });
}
