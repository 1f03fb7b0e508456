import { randomUUID } from 'node:crypto';
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { ErrorCode } from '@atende/service/process';
import { errorsBody } from './http-answer.ts';
import { type Complaint, say } from './refusals.ts';

export const UNREADABLE: Complaint = { code: ErrorCode.BAD_USER_INPUT, refusal: 'unreadable' };

/** Headers that mean one thing: Node takes the first of several, and what stands in front of us may have looked at another. */
const ONCE: ReadonlySet<string> = new Set(['host', 'authorization', 'content-type', 'content-encoding', 'upgrade', 'origin']);

/**
 * Whether somebody in front of us could read a request differently than we do. Two lengths, a length beside chunks, folded lines and the
 * like never come this far: the parser refuses them.
 */
export function isDoubtful({ httpVersionMajor, httpVersionMinor, headers, rawHeaders }: IncomingMessage): boolean {
  if (httpVersionMajor !== 1 || (headers.host === undefined && httpVersionMinor > 0)) return true;
  const coding = headers['transfer-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'chunked') return true;
  let met = '';
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]?.toLowerCase() ?? '';
    if (!ONCE.has(name)) continue;
    if (met.includes(`${name} `)) return true;
    met += `${name} `;
  }
  return false;
}

/** Answers, in the form of every refusal, on a socket that no response belongs to, and closes it. */
export function refuseSocket(socket: Duplex, status: number, { code, refusal, values }: Complaint, lines = ''): void {
  if (!socket.writable) return void socket.destroy();
  const requestId = `req_${randomUUID()}`;
  const body = errorsBody([{ message: say(refusal, 'pt-BR', values), extensions: { code, requestId } }]);
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncache-control: no-store\r\nx-content-type-options: nosniff\r\n`;
  const about = `content-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nx-request-id: ${requestId}\r\n`;
  socket.on('error', () => undefined);
  socket.end(`${head}${about}${lines}\r\n${body}`, () => socket.destroy());
}

const STATUS: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, HPE_CHUNK_EXTENSIONS_OVERFLOW: 413, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** The status for what the parser, or its patience, gave up. */
export const statusOfUnreadable = (error: NodeJS.ErrnoException): number => STATUS[error.code ?? ''] ?? 400;
