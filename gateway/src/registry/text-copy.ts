import { readFile, rename, writeFile } from 'node:fs/promises';
import { digestOf } from './publication.ts';

/** A text from the registry that served last, kept on this machine. What is not whole is as good as absent. */
export class TextCopy {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  async read(): Promise<string | null> {
    const content = await readFile(this.#file, 'utf8').catch(() => '');
    const [digest, ...lines] = content.split('\n');
    const text = lines.join('\n');
    return digest === `# ${digestOf(text)}` ? text : null;
  }

  /** Rejects when it cannot be written. */
  async write(text: string): Promise<void> {
    const fresh = `${this.#file}.${process.pid}`; // replicas on one machine may share it
    await writeFile(fresh, `# ${digestOf(text)}\n${text}`);
    await rename(fresh, this.#file);
  }
}
