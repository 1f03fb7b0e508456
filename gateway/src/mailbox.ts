import type { IncomingMessage, ServerResponse } from 'node:http';
import { gatewayViewer } from '@atende/service/process';
import { newDeadline } from './caller.ts';
import { send } from './http-answer.ts';
import { gatewayCaller, type Services } from './services.ts';

interface Mail {
  to: string;
  subject: string;
  body: string;
  createdAt: string;
}

const NEWEST = 50; // mails
const QUERY = 'query($first:Int!){_mailbox(first:$first){to subject body createdAt}}';
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const HERE = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;
const LOOPBACK = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/;

/**
 * The page of outgoing mail at GET /mailbox, in development and for this machine only: the mails hold one-time links.
 */
export class Mailbox {
  readonly #services: Services;

  constructor(services: Services) {
    this.#services = services;
  }

  /** From here, asked for by a name of here: a page may have its own name lead here, and a proxy stands here for everybody. */
  isOpenTo({ socket, headers }: IncomingMessage): boolean {
    const isForwarded = headers.forwarded !== undefined || headers['x-forwarded-for'] !== undefined;
    return LOOPBACK.test(socket.remoteAddress ?? '') && HERE.test(headers.host ?? '') && !isForwarded;
  }

  async answer(response: ServerResponse): Promise<void> {
    const body = JSON.stringify({ query: QUERY, variables: { first: NEWEST } });
    const { data } = await this.#services.send('identity', body, gatewayCaller(gatewayViewer, 'req_mailbox', newDeadline()), false);
    const mails = data?._mailbox as Mail[] | undefined;
    const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY };
    send(response, mails ? 200 : 503, headers, page(mails));
  }
}

function page(mails: readonly Mail[] | undefined): string {
  const content = mails?.map(article).join('\n') ?? '<p>The mailbox cannot be read now.</p>';
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Atende: outgoing mail</title>
<style>
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
  article { border: 1px solid #c7d0da; border-radius: 6px; padding: 0 1rem; margin: 1rem 0 }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.5 ui-monospace, monospace }
</style>
<h1>Outgoing mail</h1>
<p>Nothing leaves this machine in development. Newest first.</p>
${content || '<p>No mail yet.</p>'}
</html>
`;
}

const article = ({ to, subject, body, createdAt }: Mail) =>
  `<article><h2>${escaped(subject)}</h2><p>to ${escaped(to)}, <time>${escaped(createdAt)}</time></p><pre>${linked(escaped(body))}</pre></article>`;

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Links of the mail's own can be followed; what is around them is text. */
const linked = (text: string) => text.replace(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}" rel="noreferrer">${url}</a>`);
