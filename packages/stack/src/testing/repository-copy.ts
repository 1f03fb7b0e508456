import { execFile, execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from '../repository.ts';

const execute = promisify(execFile);

/**
 * The repository once more in a folder of its own, built as it is here, to be changed by a test. The packages from npm are those of this one;
 * our own are the copy's.
 */
export class RepositoryCopy {
  readonly root = mkdtempSync(join(tmpdir(), 'atende-copy-'));

  constructor() {
    const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: repositoryRoot, encoding: 'utf8' });
    const built = globSync(['packages/*/dist', 'services/*/dist', 'gateway/dist'], { cwd: repositoryRoot });
    for (const path of [...files.split('\n').filter(Boolean), ...built]) this.#copy(path);
    const modules = globSync(['node_modules', 'packages/*/node_modules', 'services/*/node_modules', 'gateway/node_modules'], {
      cwd: repositoryRoot,
    });
    for (const path of modules) this.#linkModules(path);
    this.#link('.cache/nats-server');
  }

  /** Makes `services/<name>` of a folder of this repository, with the two entries of the lock file that npm install would add. */
  addService(name: string, from: string): void {
    const folder = `services/${name}`;
    cpSync(join(repositoryRoot, from), join(this.root, folder), { recursive: true });
    const { name: workspace, version, license, dependencies } = JSON.parse(this.read(`${folder}/package.json`));
    const lock = JSON.parse(this.read('package-lock.json'));
    lock.packages[folder] = { name: workspace, version, license, dependencies };
    lock.packages[`node_modules/${workspace}`] = { resolved: folder, link: true };
    this.write('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  /** Throws when the text is not there: then the test has to be mended. */
  replace(path: string, from: string, to: string): void {
    const text = this.read(path);
    if (!text.includes(from)) throw new Error(`${path} does not contain ${from}`);
    this.write(path, text.replace(from, to));
  }

  /** Compiles one workspace. */
  async build(workspace: string): Promise<void> {
    await this.run('node_modules/typescript/bin/tsc', '-p', workspace);
  }

  /** Runs a program of the copy with this Node; resolves with what it says, rejects with that when it fails. */
  run(program: string, ...words: string[]): Promise<string> {
    return this.runWith({}, program, ...words);
  }

  async runWith(env: Record<string, string>, program: string, ...words: string[]): Promise<string> {
    const options = {
      cwd: this.root,
      env: { ...process.env, NODE_OPTIONS: '', TURBO_TELEMETRY_DISABLED: '1', ...env },
      maxBuffer: 64 * 1_048_576,
    };
    try {
      return (await execute(process.execPath, [join(this.root, program), ...words], options)).stdout;
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
      throw new Error(`${program} ${words.join(' ')} failed: ${stdout}${stderr}`, { cause: error });
    }
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  #copy(path: string): void {
    if (existsSync(join(repositoryRoot, path))) cpSync(join(repositoryRoot, path), join(this.root, path), { recursive: true });
  }

  #link(path: string): void {
    if (!existsSync(join(repositoryRoot, path))) return;
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    symlinkSync(join(repositoryRoot, path), join(this.root, path));
  }

  /** Entry by entry, because `@atende` has to lead to the copy. */
  #linkModules(path: string): void {
    mkdirSync(join(this.root, path), { recursive: true });
    for (const name of readdirSync(join(repositoryRoot, path))) {
      if (name !== '@atende') this.#link(join(path, name));
      else cpSync(join(repositoryRoot, path, name), join(this.root, path, name), { recursive: true, verbatimSymlinks: true });
    }
  }
}
