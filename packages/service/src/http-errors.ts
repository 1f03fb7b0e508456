import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { ErrorCode, RequestError } from './errors.ts';
import type { Log } from './log.ts';
import { idsOf } from './request-headers.ts';

/** An answer without GraphQL, in the form of GraphQL's. */
export const complain = (reply: FastifyReply, status: number, code: ErrorCode, message: string): FastifyReply =>
  reply.code(status).send({ errors: [{ message, extensions: { code } }] });

export const unreadable = (reply: FastifyReply, status: number): FastifyReply =>
  complain(reply, status, ErrorCode.BAD_USER_INPUT, 'This request cannot be read.');

const STATUS: Partial<Record<ErrorCode, number>> = {
  [ErrorCode.DEPENDENCY_UNAVAILABLE]: 503,
  [ErrorCode.UNAUTHENTICATED]: 401,
  [ErrorCode.NOT_FOUND]: 404,
};

/** Whatever goes wrong outside of GraphQL is JSON with a code of the closed list, and tells nothing of the inside. */
export function answerHttpErrors(server: FastifyInstance, log: Log): void {
  server.setNotFoundHandler((_, reply) => complain(reply, 404, ErrorCode.NOT_FOUND, 'There is nothing at this address.'));
  server.setErrorHandler((error: FastifyError | RequestError, request, reply) => {
    if (error instanceof RequestError) {
      const code = error.extensions.code as ErrorCode;
      return complain(reply, STATUS[code] ?? 400, code, error.message);
    }
    const status = error.statusCode ?? 500;
    if (status < 500) return unreadable(reply, status);
    log.error({ err: error, ...idsOf(request) }, 'a request failed outside of GraphQL');
    return complain(reply, 500, ErrorCode.INTERNAL, 'Something went wrong on our side.');
  });
}
