/**
 * An operation under way, as graphql-ws keeps one by its id: the client's Complete and the end of the socket come to `return`. The id may be
 * used again then, and graphql-ws knows operations by their ids only: whoever has left says nothing more.
 */
export class Underway implements AsyncGenerator<never, void, undefined> {
  readonly #leaving = new AbortController();

  /** Aborted when nobody wants its answer any more. */
  get signal(): AbortSignal {
    return this.#leaving.signal;
  }

  /** Passes an answer on while somebody wants it. */
  async unlessLeft<T>(answer: Promise<T>): Promise<T> {
    const answered = await answer;
    return this.signal.aborted ? this.nothing() : answered;
  }

  /** Never settles: what waits for it is forgotten with it. */
  nothing(): Promise<never> {
    return new Promise(() => undefined);
  }

  async return(): Promise<IteratorReturnResult<void>> {
    this.#leaving.abort();
    return { done: true, value: undefined };
  }

  next = (): Promise<never> => this.nothing();
  throw = (): Promise<IteratorReturnResult<void>> => this.return();

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}
