// How far a start is: a bar on a terminal, plain lines in a pipe.
import { writeSync } from 'node:fs';

const width = 20;

export class Progress {
  #stream;
  #total;
  #step;
  #name = '';
  #since = 0;
  #clock;

  /** `done` steps were shown by the process before this one. */
  constructor({ total, done = 0, stream = process.stdout }) {
    this.#total = total;
    this.#step = done;
    this.#stream = stream;
  }

  /** The next step begins. */
  step(name) {
    this.#step += 1;
    this.#name = name;
    this.#since = performance.now();
    if (!this.#stream.isTTY) return this.#plain(`${this.#step}/${this.#total} ${name}`);
    this.#clock ??= setInterval(() => this.#draw(), 250).unref();
    this.#draw();
  }

  /** Something worth a line of its own. */
  say(line) {
    if (!this.#stream.isTTY) return this.#plain(line);
    this.#stream.write(`\r\x1b[K${line}\n`);
    this.#draw();
  }

  /** Takes the bar away; what follows starts on a clean line. */
  close() {
    clearInterval(this.#clock);
    this.#clock = undefined;
    if (this.#stream.isTTY) this.#stream.write('\r\x1b[K');
  }

  #draw() {
    if (!this.#clock) return;
    const seconds = Math.round((performance.now() - this.#since) / 1000);
    const time = seconds > 0 ? ` ${seconds} s` : '';
    this.#stream.write(`\r\x1b[K${bar(this.#step, this.#total)} ${this.#step}/${this.#total} ${this.#name}${time}`);
  }

  // Written at once: a pipe must not lose the last lines when the process ends.
  #plain(line) {
    if (this.#stream.fd === undefined) this.#stream.write(`${line}\n`);
    else writeAll(this.#stream.fd, `${line}\n`);
  }
}

export function bar(step, total) {
  const full = Math.round((width * step) / total);
  return `[${'#'.repeat(full)}${'-'.repeat(width - full)}]`;
}

function writeAll(fd, text) {
  try {
    writeSync(fd, text);
  } catch (error) {
    if (error.code !== 'EAGAIN' && error.code !== 'EPIPE') throw error;
  }
}
