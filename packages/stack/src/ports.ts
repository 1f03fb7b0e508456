import { anyFreePort, nextFreePort } from './free-port.ts';

/** Gives every server of a start its port: the usual one, the next free one, or any free one for tests. */
export class Ports {
  readonly #taken = new Set<number>();
  readonly #ephemeral: boolean;
  readonly #say: (line: string) => void;

  constructor({ ephemeral, say }: { ephemeral: boolean; say: (line: string) => void }) {
    this.#ephemeral = ephemeral;
    this.#say = say;
  }

  async assign(name: string, usual: number): Promise<number> {
    const port = this.#ephemeral ? await anyFreePort(this.#taken) : await nextFreePort(usual, this.#taken);
    // Only what another program holds is worth a word, not the neighbour that this start put there itself.
    if (!this.#ephemeral && port !== usual && !this.#taken.has(usual)) this.#say(`port ${usual} is taken: ${name} listens on ${port}`);
    this.#taken.add(port);
    return port;
  }
}
