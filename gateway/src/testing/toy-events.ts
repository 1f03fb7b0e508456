/** One event as a page would get it from EventSource. */
export interface ServerSentEvent {
  event: string;
  /** Last event id at that moment. */
  id: string;
  data: string;
}

/** An event stream read by the rules of the HTML standard: what EventSource does, with headers of one's own. */
export class EventReader {
  readonly response: Response;
  readonly #leaving: AbortController;
  #chunks: AsyncIterator<Uint8Array> | null = null;
  readonly #decoder = new TextDecoder();
  #text = '';
  lastEventId = '';
  /** What the server said of coming back, in ms. */
  retry: number | null = null;
  comments = 0;

  private constructor(response: Response, leaving: AbortController) {
    this.response = response;
    this.#leaving = leaving;
  }

  /** Resolves with the head of the answer. */
  static async open(url: string, init: RequestInit = {}): Promise<EventReader> {
    const leaving = new AbortController();
    const headers = { accept: 'text/event-stream', ...(init.headers as Record<string, string> | undefined) };
    return new EventReader(await fetch(url, { ...init, headers, signal: leaving.signal }), leaving);
  }

  /** The next event; null when the server has ended the stream. */
  async next(): Promise<ServerSentEvent | null> {
    const found: { event: string; data: string[] } = { event: 'message', data: [] };
    for (;;) {
      const line = await this.#line();
      if (line === null) return null;
      const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
      if (line === '' && found.data.length > 0) return { event: found.event, id: this.lastEventId, data: found.data.join('\n') };
      if (line.startsWith(':')) this.comments += 1;
      if (name === 'event') found.event = value;
      if (name === 'data') found.data.push(value);
      if (name === 'id') this.lastEventId = value;
      if (name === 'retry') this.retry = Number(value);
    }
  }

  /** The next event's data. */
  async json<T = Record<string, unknown>>(): Promise<T> {
    const event = await this.next();
    if (event?.event !== 'next') throw new Error(`not a next event: ${JSON.stringify(event)}`);
    return JSON.parse(event.data) as T;
  }

  close(): void {
    this.#leaving.abort();
  }

  async #line(): Promise<string | null> {
    for (;;) {
      const [whole, line] = /^([^\n]*)\n/.exec(this.#text) ?? [];
      if (whole !== undefined) {
        this.#text = this.#text.slice(whole.length);
        return line ?? '';
      }
      this.#chunks ??= (this.response.body ?? new ReadableStream<Uint8Array>()).values()[Symbol.asyncIterator]();
      const { done, value } = await this.#chunks.next();
      if (done) return null;
      this.#text += this.#decoder.decode(value, { stream: true });
    }
  }
}
