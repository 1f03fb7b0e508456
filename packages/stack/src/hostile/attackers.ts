import { Portal } from '../journeys/portal.ts';
import { Line } from './line.ts';

/** What came back, by whatever way. */
export interface Answered {
  status: number;
  contentType: string | null;
  text: string;
}

const EMAILS: Record<string, string> = {
  bruno: 'bruno@acme.example',
  hugo: 'hugo@globex.example',
  carla: 'carla@support.example',
  elisa: 'elisa@support.example',
  rita: 'rita@support.example',
};

/** Somebody with bad intentions: one of the demo, or nobody at all. */
export class Attacker {
  readonly name: string;
  readonly #url: string;
  #token: string | null = null;
  #line: Line | null = null;

  constructor(url: string, name: string) {
    this.#url = url;
    this.name = name;
  }

  /** What they did may have ended their own session. */
  async signIn(): Promise<void> {
    const email = EMAILS[this.name];
    if (email) this.#token = (await new Portal(this.#url).as(email)).accessToken;
  }

  async ask(headers: Record<string, string>, body: string | Buffer): Promise<Answered> {
    const own = this.#token === null ? {} : { authorization: `Bearer ${this.#token}` };
    const response = await fetch(`${this.#url}/graphql`, {
      method: 'POST',
      headers: { ...own, ...headers },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    });
    return { status: response.status, contentType: response.headers.get('content-type'), text: await response.text() };
  }

  /** A subscription; the text is the list of what was said. Who has no token asks over HTTP, where it is refused. */
  async watch(query: string, variables: object): Promise<Answered> {
    const body = JSON.stringify({ query, variables });
    if (this.#token === null || body.length > 60_000) return this.ask({ 'content-type': 'application/json' }, body);
    if (!this.#line?.isOpen) this.#line = await Line.open(this.#url, this.#token);
    const said = await this.#line.tryToWatch(query, variables);
    const errors = said.flatMap((message) => JSON.parse(message)).flatMap(({ type, payload }) => (type === 'error' ? payload : []));
    return { status: 200, contentType: 'application/json', text: JSON.stringify({ errors }) };
  }

  close(): void {
    this.#line?.close();
  }
}

export const attackers = (url: string): Attacker[] => ['nobody', ...Object.keys(EMAILS)].map((name) => new Attacker(url, name));
