import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readExamples } from './examples.ts';
import { send } from './http-answer.ts';

// Beside src and dist alike: these are pages, not modules.
const FOLDER = new URL('../explorer/', import.meta.url);

/** Scripts and connections of our own only: the explorer works without a network and sends nothing elsewhere. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** A page at GET /graphql to try operations with, in development. */
export class Explorer {
  readonly #page = readFileSync(new URL('index.html', FOLDER), 'utf8');
  readonly #script = readFileSync(new URL('explorer.js', FOLDER), 'utf8');
  readonly #examples: string | undefined;

  /** `examples`: a folder of operations to offer. */
  constructor(examples?: string) {
    this.#examples = examples;
  }

  /** A browser opens the address; a client asks for JSON. */
  isWanted({ headers, url = '' }: IncomingMessage): boolean {
    return !url.includes('?') && Boolean(headers.accept?.includes('text/html'));
  }

  answer(response: ServerResponse): void {
    send(response, 200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY }, this.#page);
  }

  answerScript(response: ServerResponse): void {
    send(response, 200, { 'content-type': 'text/javascript; charset=utf-8' }, this.#script);
  }

  /** Read anew each time: who writes an example sees it at once. */
  answerExamples(response: ServerResponse): void {
    const examples = this.#examples === undefined ? [] : readExamples(this.#examples);
    send(response, 200, { 'content-type': 'application/json' }, JSON.stringify(examples));
  }
}
