import type { WebSocket } from 'ws';

/** What a client that stops reading may cost, in bytes. */
export const MOST_UNREAD = 1_048_576; // 1 MiB

/** Writes to one socket, and lets go of a client that does not read. */
export class Outbox {
  readonly #socket: WebSocket;
  readonly #onSlow: () => void;

  constructor(socket: WebSocket, onSlow: () => void) {
    this.#socket = socket;
    this.#onSlow = onSlow;
  }

  send(frame: string): void {
    const socket = this.#socket;
    if (socket.readyState !== socket.OPEN) return;
    // Checked with the frame that would be added, so that it holds even for large ones.
    if (socket.bufferedAmount + frame.length > MOST_UNREAD) {
      this.#onSlow();
      socket.terminate(); // a close frame would only join what is not read
      return;
    }
    socket.send(frame);
  }
}
