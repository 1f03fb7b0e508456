/** What a plain EventSource gives, with the headers that it cannot send. */
export interface ServerSentEvent {
  event: string;
  id: string;
  /** Parsed; null where there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: a journey asserts on the shape it asked for
  data: any;
}

/** A stream of server-sent events, read to its end. */
export class EventFeed {
  readonly #events: AsyncGenerator<ServerSentEvent, void>;
  readonly #leaving: AbortController;
  /** What to send as Last-Event-ID. */
  lastEventId = '';
  /** When the server said to come back, in ms. */
  retry: number | null = null;

  private constructor(response: Response, leaving: AbortController) {
    this.#events = this.#read(response);
    this.#leaving = leaving;
  }

  /** Begins one subscription on a stream of its own. */
  static async open(url: string, accessToken: string, body: object, lastEventId = ''): Promise<EventFeed> {
    const leaving = new AbortController();
    const headers = {
      accept: 'text/event-stream',
      authorization: `Bearer ${accessToken}`,
      'content-type': 'application/json',
      ...(lastEventId && { 'last-event-id': lastEventId }),
    };
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body), signal: leaving.signal });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    return new EventFeed(response, leaving);
  }

  /** The next event; null when the server has ended the stream. */
  async next(): Promise<ServerSentEvent | null> {
    return (await this.#events.next()).value ?? null;
  }

  close(): void {
    this.#leaving.abort();
  }

  async *#read({ body }: Response): AsyncGenerator<ServerSentEvent, void> {
    let text = '';
    for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (text + chunk).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const fields = new Map(block.split('\n').map((line) => [line.split(':', 1)[0], line.slice(line.indexOf(':') + 1).trim()]));
        this.lastEventId = fields.get('id') ?? this.lastEventId;
        if (fields.has('retry')) this.retry = Number(fields.get('retry'));
        const data = fields.get('data');
        if (data !== undefined)
          yield { event: fields.get('event') ?? 'message', id: this.lastEventId, data: data ? JSON.parse(data) : null };
      }
    }
  }
}
