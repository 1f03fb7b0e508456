import { Person, Portal } from '../journeys/portal.ts';
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

const REFRESH = 'mutation ($token: String!) { refreshSession(refreshToken: $token) { accessToken refreshToken } }';

/** Somebody with bad intentions: one of the demo, or nobody at all. */
export class Attacker {
  readonly name: string;
  readonly #url: string;
  #person: Person | null = null;
  #line: Line | null = null;
  #returning: Promise<void> | null = null;

  constructor(url: string, name: string) {
    this.#url = url;
    this.name = name;
  }

  async signIn(): Promise<void> {
    const email = EMAILS[this.name];
    if (email) this.#person = await new Portal(this.#url).as(email);
  }

  /** Goes on after their session has ended by what some of them did; who was shut out for good goes on as nobody. */
  comeBack(): Promise<void> {
    this.#returning ??= this.#refresh().finally(() => {
      this.#returning = null;
    });
    return this.#returning;
  }

  async #refresh(): Promise<void> {
    if (!this.#person) return;
    const { data } = await new Portal(this.#url).ask(REFRESH, { token: this.#person.refreshToken });
    const { accessToken, refreshToken } = data.refreshSession;
    this.#person = accessToken && new Person(this.#url, accessToken, refreshToken);
  }

  get #token(): string | null {
    return this.#person?.accessToken ?? null;
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
