import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';

/** A body that is larger than allowed, slower than allowed, was cut off, or is no text. */
export class BodyRefused extends Error {
  readonly why: 'TOO_LARGE' | 'TOO_SLOW' | 'CUT_OFF' | 'NOT_TEXT';

  constructor(why: BodyRefused['why']) {
    super(`the body is refused: ${why}`);
    this.why = why;
  }
}

const TIME = 10_000; // ms for a whole body

/** Reads a body of at most `max` bytes, UTF-8 and not compressed. What is beyond is never held. */
export function readBody(request: IncomingMessage, max: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const { 'content-length': length = 0, 'content-encoding': encoding = 'identity' } = request.headers;
    if (Number(length) > max) return reject(new BodyRefused('TOO_LARGE'));
    if (encoding !== 'identity') return reject(new BodyRefused('NOT_TEXT'));
    const chunks: Buffer[] = [];
    let size = 0;
    const refuse = (why: BodyRefused['why']) => {
      clearTimeout(timer);
      request.removeAllListeners('data');
      reject(new BodyRefused(why));
    };
    const timer = setTimeout(() => refuse('TOO_SLOW'), TIME);
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > max) refuse('TOO_LARGE');
      else chunks.push(chunk);
    });
    request.on('end', () => {
      clearTimeout(timer);
      const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
      if (isUtf8(body)) resolve(body);
      else refuse('NOT_TEXT');
    });
    request.on('error', () => refuse('CUT_OFF'));
    request.on('aborted', () => refuse('CUT_OFF'));
  });
}
