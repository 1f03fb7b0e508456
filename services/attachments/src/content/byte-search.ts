/** Looks for byte sequences in a stream that comes in pieces; a sequence cut in two by a piece's end is found as well. */
export class ByteSearch {
  readonly #needles: readonly Buffer[];
  readonly #lowered: boolean;
  readonly #overlap: number;
  #tail: Buffer = Buffer.alloc(0);

  /** With `ignoreCase` the needles are ASCII in lower case. */
  constructor(needles: readonly (Buffer | string)[], { ignoreCase = false } = {}) {
    this.#needles = needles.map((needle) => Buffer.from(needle as string));
    this.#lowered = ignoreCase;
    this.#overlap = Math.max(...this.#needles.map((needle) => needle.length)) - 1;
  }

  /** Whether any needle ends in this piece. */
  finds(piece: Buffer): boolean {
    const window = Buffer.concat([this.#tail, this.#lowered ? lowerAscii(piece) : piece]);
    this.#tail = window.subarray(Math.max(0, window.length - this.#overlap));
    return this.#needles.some((needle) => window.includes(needle));
  }
}

const lowerAscii = (piece: Buffer): Buffer =>
  Buffer.from(
    piece.toString('latin1').replace(/[A-Z]+/g, (upper) => upper.toLowerCase()),
    'latin1',
  );

// In two halves, so that no antivirus of a developer's machine takes this file away.
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

/** Finds the harmless string that every antivirus agrees to call a virus. */
export const searchForTestVirus = (): ByteSearch => new ByteSearch([EICAR]);

/** Finds what would make a browser take the file for a page. */
export const searchForMarkup = (): ByteSearch =>
  new ByteSearch(['<script', '<html', '<!doctype html', '<svg', '<iframe', '<?php'], { ignoreCase: true });
