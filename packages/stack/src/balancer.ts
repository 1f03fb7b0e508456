import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * What stands before replicas in a real deployment, as small as can be: each new connection goes to the next replica
 * that takes it.
 */
export class Balancer {
  readonly #targets: readonly number[];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #next = 0;

  constructor(targets: readonly number[]) {
    this.#targets = targets;
    this.#server = createServer({ pauseOnConnect: true }, (socket) => this.#forward(socket, this.#targets.length));
  }

  listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', resolve);
    });
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #forward(client: Socket, tries: number): void {
    if (tries === 0) return void client.destroy();
    const target = connect(this.#targets[this.#next++ % this.#targets.length]!, '127.0.0.1');
    const refused = () => this.#forward(client, tries - 1);
    target.once('error', refused);
    target.once('connect', () => {
      target.off('error', refused);
      this.#join(client, target);
    });
  }

  #join(client: Socket, target: Socket): void {
    for (const [from, to] of [
      [client, target],
      [target, client],
    ] as const) {
      this.#sockets.add(from);
      from.once('close', () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      from.on('error', () => to.destroy());
      from.pipe(to);
    }
  }
}
