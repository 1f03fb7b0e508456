import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../repository.ts';

export interface Instruction {
  /** In capitals: RUN, COPY … */
  name: string;
  /** `--from=built` as { from: 'built' }. */
  flags: Record<string, string>;
  rest: string;
}

export interface Stage {
  /** Its number when it has no name. */
  name: string;
  from: string;
  instructions: Instruction[];
}

export const dockerfileText = (): string => readFileSync(join(repositoryRoot, 'Dockerfile'), 'utf8');

/** The stages of a Dockerfile, as far as ours uses the format. */
export function readStages(text = dockerfileText()): Stage[] {
  const lines = text.replace(/^\s*#.*\n/gm, '').replace(/\\\n\s*/g, ' ');
  const stages: Stage[] = [];
  const before = new Map<string, string>(); // arguments that stand before the first stage
  for (const line of lines.split('\n').filter((one) => one.trim() !== '')) {
    const instruction = readInstruction(line);
    const { name, rest } = instruction;
    if (name === 'FROM') stages.push(readFrom(rest, stages.length, before));
    else if (stages.length === 0) before.set(rest.split('=')[0] ?? '', rest.slice(rest.indexOf('=') + 1));
    else stages.at(-1)?.instructions.push(instruction);
  }
  return stages;
}

function readInstruction(line: string): Instruction {
  const [, name = '', flagged = '', rest = ''] = /^(\w+)\s+((?:--\w+=\S+\s+)*)(.*)$/.exec(line.trim()) ?? [];
  const flags = Object.fromEntries([...flagged.matchAll(/--(\w+)=(\S+)/g)].map(([, key = '', value = '']) => [key, value]));
  return { name: name.toUpperCase(), flags, rest };
}

function readFrom(rest: string, number: number, before: ReadonlyMap<string, string>): Stage {
  const [from = '', , name = String(number)] = rest.split(/\s+/);
  return { name, from: from.replace(/\$\{(\w+)\}/g, (_, variable: string) => before.get(variable) ?? ''), instructions: [] };
}

/** The words of an instruction in JSON form. */
export const execForm = (rest: string): string[] => JSON.parse(rest);

/** The only instruction of this name in a stage. */
export function only(stage: Stage, name: string): Instruction {
  const [found, ...more] = stage.instructions.filter((instruction) => instruction.name === name);
  if (!found || more.length > 0) throw new Error(`${name} stands ${more.length + (found ? 1 : 0)} times in stage ${stage.name}`);
  return found;
}
