import { readFile, rename, writeFile } from 'node:fs/promises';
import { digestOf } from './publication.ts';

/** The supergraph that served last, on this machine. What is not whole is as good as absent. */
export class SupergraphCopy {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  async read(): Promise<string | null> {
    const content = await readFile(this.#file, 'utf8').catch(() => '');
    const [digest, ...lines] = content.split('\n');
    const sdl = lines.join('\n');
    return digest === `# ${digestOf(sdl)}` ? sdl : null;
  }

  /** Rejects when it cannot be written. */
  async write(sdl: string): Promise<void> {
    const fresh = `${this.#file}.${process.pid}`; // replicas on one machine may share it
    await writeFile(fresh, `# ${digestOf(sdl)}\n${sdl}`);
    await rename(fresh, this.#file);
  }
}
