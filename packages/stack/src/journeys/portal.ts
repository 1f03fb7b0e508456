import { type Client, createClient } from 'graphql-ws';
import { Upload } from 'tus-js-client';
import WebSocket from 'ws';

/** What a GraphQL call answered. A journey asserts on the shape it asked for. */
// biome-ignore lint/suspicious/noExplicitAny: see above
type Data = any;
export interface Answer {
  data: Data;
  errors?: { message: string; path?: (string | number)[]; extensions: { code: string; requestId?: string } }[];
}

export const DEMO_PASSWORD = 'atende-demo-2026';

/** The portal as a front end sees it: one origin, nothing else. */
export class Portal {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  /** Asks without signing in. */
  ask(query: string, variables: object = {}, headers: Record<string, string> = {}): Promise<Answer> {
    return post(this.url, query, variables, headers);
  }

  /** Signs in as a person of the demo. */
  async as(email: string, password: string = DEMO_PASSWORD): Promise<Person> {
    const { data, errors } = await this.ask(
      'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken refreshToken errors { code message } } }',
      { input: { email, password } },
    );
    const signedIn = data?.signIn;
    if (!signedIn?.accessToken) throw new Error(`${email} cannot sign in: ${JSON.stringify(errors ?? signedIn)}`);
    return new Person(this.url, signedIn.accessToken, signedIn.refreshToken);
  }
}

/** Somebody who is signed in. */
export class Person {
  readonly url: string;
  readonly accessToken: string;
  readonly refreshToken: string;

  constructor(url: string, accessToken: string, refreshToken: string) {
    this.url = url;
    this.accessToken = accessToken;
    this.refreshToken = refreshToken;
  }

  /** The same person at another gateway. */
  at(url: string): Person {
    return new Person(url, this.accessToken, this.refreshToken);
  }

  ask(query: string, variables: object = {}, headers: Record<string, string> = {}, patience?: AbortSignal): Promise<Answer> {
    return post(this.url, query, variables, { authorization: `Bearer ${this.accessToken}`, ...headers }, patience);
  }

  /** Asks for what must be there: data without errors. */
  async get(query: string, variables: object = {}): Promise<Data> {
    const { data, errors } = await this.ask(query, variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }

  /** Subscribes like any stock graphql-ws client. */
  watch(query: string, variables: Record<string, unknown> = {}): Watch {
    return new Watch(this.url, this.accessToken, query, variables);
  }

  /** Uploads a file like any stock tus client, to where `createUpload` said; the way is the file's id. */
  async upload(input: object, content: Buffer): Promise<string> {
    const { createUpload } = await this.get(
      'mutation ($input: CreateUploadInput!) { createUpload(input: $input) { uploadUrl attachment { id } errors { code message } } }',
      { input: { size: content.length, ...input } },
    );
    if (!createUpload.uploadUrl) throw new Error(JSON.stringify(createUpload.errors));
    await new Promise<void>((resolve, reject) => {
      const headers = { authorization: `Bearer ${this.accessToken}` };
      new Upload(content, {
        uploadUrl: createUpload.uploadUrl,
        headers,
        chunkSize: 262_144,
        onSuccess: () => resolve(),
        onError: reject,
      }).start();
    });
    return createUpload.attachment.id;
  }
}

/** One socket of a person, opened at once and never again. */
export const openSocket = ({ url, accessToken }: Pick<Person, 'url' | 'accessToken'>, opened = (): void => {}): Client =>
  createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${accessToken}` },
    lazy: false,
    retryAttempts: 0,
    on: { connected: () => opened() },
    onNonLazyError: () => {},
  });

/** A subscription: what was pushed, in order. */
export class Watch {
  readonly #results: AsyncIterableIterator<Answer>;
  readonly #client: Client;
  /** Settles when the server has acknowledged the socket. */
  readonly open: Promise<void>;

  constructor(url: string, accessToken: string, query: string, variables: Record<string, unknown>) {
    let opened = (): void => {};
    this.open = new Promise((resolve) => {
      opened = resolve;
    });
    this.#client = openSocket({ url, accessToken }, opened);
    this.#results = this.#client.iterate<Data>({ query, variables }) as never;
  }

  /** The next push; rejects when none comes in time, and, unless part of it is enough, when something is missing in it. */
  async next(withinMs = 5_000, { partial = false } = {}): Promise<Data> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`nothing was pushed within ${withinMs} ms`)), withinMs);
    });
    const { value, done } = await Promise.race([this.#results.next(), late]).finally(() => clearTimeout(timer));
    if (done) throw new Error('the subscription ended');
    if (value.errors && !(partial && value.data)) throw new Error(JSON.stringify(value.errors));
    return value.data;
  }

  async close(): Promise<void> {
    await this.#client.dispose();
  }
}

async function post(url: string, query: string, variables: object, headers: Record<string, string>, signal?: AbortSignal): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
    signal: signal ?? null,
  });
  return (await response.json()) as Answer;
}
