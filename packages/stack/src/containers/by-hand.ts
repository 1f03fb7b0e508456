import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join, relative } from 'node:path';
import { repositoryRoot } from '../repository.ts';
import { execForm, type Instruction, only, readStages, type Stage } from './dockerfile.ts';
import { buildContext } from './dockerignore.ts';

/** An image made without an engine: folders, and what to run. */
export interface HandMade {
  /** What is `/` in the container. */
  root: string;
  entrypoint: string[];
  healthcheck: string[];
  environment: Record<string, string>;
}

/**
 * Does what the Dockerfile says in folders below `folder`: stages are folders, RUN is a shell, COPY a copy. What only an
 * engine can do is left out: users, owners and the base images, in whose place stand this machine and this Node.
 */
export function buildByHand(service: string, folder: string): HandMade {
  const context = join(folder, 'context');
  const letsThrough = buildContext();
  const filter = (path: string): boolean => path === repositoryRoot || letsThrough(relative(repositoryRoot, path));
  cpSync(repositoryRoot, context, { recursive: true, filter });
  const stages = readStages();
  for (const stage of stages) build(stage, { service, folder, context, isLast: stage === stages.at(-1) });
  const last = stages.at(-1)!;
  return {
    root: join(folder, last.name),
    entrypoint: execForm(only(last, 'ENTRYPOINT').rest),
    healthcheck: execForm(only(last, 'HEALTHCHECK').rest.replace(/^.*?CMD /, '')),
    environment: environmentOf(last),
  };
}

interface Place {
  service: string;
  folder: string;
  context: string;
  isLast: boolean;
}

function build(stage: Stage, { service, folder, context, isLast }: Place): void {
  const root = join(folder, stage.name);
  if (existsSync(join(folder, stage.from))) cpSync(join(folder, stage.from), root, { recursive: true, verbatimSymlinks: true });
  else if (stage.from.startsWith('node:')) nodeImage(root);
  let cwd = join(root, 'atende'); // of the stage that others start from
  for (const instruction of stage.instructions) {
    if (instruction.name === 'WORKDIR') cwd = join(root, instruction.rest);
    mkdirSync(cwd, { recursive: true });
    if (instruction.name === 'COPY') copy(instruction, { root, cwd, folder, context });
    if (instruction.name === 'RUN' && !isLast) run(instruction.rest, cwd, { ...environmentOf(stage), SERVICE: service, ...machine(root) });
  }
}

function nodeImage(root: string): void {
  mkdirSync(join(root, 'usr/local/bin'), { recursive: true });
  symlinkSync(process.execPath, join(root, 'usr/local/bin/node'));
}

const machine = (root: string): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_OPTIONS: '',
  NODE_ENV: '', // what runs this sets its own; in the image nobody does
  PATH: [join(root, 'usr/local/bin'), dirname(process.execPath), process.env.PATH].join(delimiter),
  npm_config_prefix: join(root, 'usr/local'),
  npm_config_prefer_offline: 'true',
});

function copy(
  { flags, rest }: Instruction,
  { root, cwd, folder, context }: { root: string; cwd: string; folder: string; context: string },
) {
  const words = rest.split(/\s+/);
  const to = words.pop() ?? '';
  const source = flags.from ? join(folder, flags.from) : context;
  const target = to.startsWith('/') ? join(root, to) : join(cwd, to);
  for (const word of words) {
    const isFile = /\.\w+$|bin\/\w+$/.test(word);
    const into = isFile && to.endsWith('/') ? join(target, word.slice(word.lastIndexOf('/'))) : target;
    cpSync(join(source, word), into, { recursive: true, verbatimSymlinks: true });
  }
}

function run(command: string, cwd: string, env: NodeJS.ProcessEnv): void {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { cwd, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`RUN ${command}\nended with ${status}:\n${stdout}${stderr}`);
}

const environmentOf = ({ instructions }: Stage): Record<string, string> =>
  Object.fromEntries(
    instructions
      .filter(({ name }) => name === 'ENV')
      .flatMap(({ rest }) => rest.split(/\s+/).map((pair) => pair.split('=') as [string, string])),
  );
