import WebSocket from 'ws';

/** A socket that speaks graphql-transport-ws without a client's help. */
export class Line {
  readonly #socket: WebSocket;
  readonly #heard = new Map<string, (message: string) => void>();
  readonly #closed: Promise<never>;
  #asked = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => this.#heard.get(JSON.parse(String(data)).id)?.(String(data)));
    socket.on('error', () => undefined);
    this.#closed = new Promise((_, reject) => socket.on('close', (code) => reject(new Error(`closed with ${code}`))));
    this.#closed.catch(() => undefined);
  }

  static async open(url: string, accessToken: string): Promise<Line> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${accessToken}` } }));
    await new Promise((resolve, reject) => socket.once('message', resolve).once('close', reject));
    return new Line(socket);
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** Begins a subscription and ends it when the server has taken it; what was said about it meanwhile. */
  async tryToWatch(query: string, variables: object): Promise<string[]> {
    this.#asked += 1;
    const [id, after] = [`w${this.#asked}`, `q${this.#asked}`];
    const said: string[] = [];
    this.#heard.set(id, (message) => said.push(message));
    const taken = new Promise<void>((resolve) => this.#heard.set(after, () => resolve()));
    this.#send({ id, type: 'subscribe', payload: { query, variables } });
    this.#send({ id: after, type: 'subscribe', payload: { query: '{ helpContacts { phone } }' } });
    await Promise.race([taken, this.#closed]);
    this.#send({ id, type: 'complete' });
    for (const one of [id, after]) this.#heard.delete(one);
    return said;
  }

  close(): void {
    this.#socket.close();
  }

  #send(message: object): void {
    this.#socket.send(JSON.stringify(message));
  }
}
