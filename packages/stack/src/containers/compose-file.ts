import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { repositoryRoot } from '../repository.ts';

/** A part of docker-compose.yml, as far as we use the format. */
export interface Container {
  image: string;
  build?: { context: string; args: { SERVICE: string } };
  entrypoint?: string[];
  command?: string[];
  environment?: Record<string, string | number>;
  env_file?: string;
  ports?: string[];
  volumes?: string[];
  networks: string[];
  restart: string;
  profiles?: string[];
  read_only?: boolean;
  cap_drop?: string[];
  healthcheck?: { disable?: boolean; test?: string[] };
  depends_on?: Record<string, { condition: string }>;
}

export interface ComposeFile {
  services: Record<string, Container>;
  networks: Record<string, { internal?: boolean }>;
  volumes: Record<string, object>;
}

export const composeText = (): string => readFileSync(join(repositoryRoot, 'docker-compose.yml'), 'utf8');
export const exampleText = (): string => readFileSync(join(repositoryRoot, '.env.example'), 'utf8');

/** docker-compose.yml as an engine sees it with these variables. Throws when one that is needed is missing. */
export function readCompose(variables: Record<string, string>, text = composeText()): ComposeFile {
  // After the parsing, as engines do it: what a variable holds is text, whatever it looks like.
  const reviver = (_: unknown, value: unknown) => (typeof value === 'string' ? interpolate(value, variables) : value);
  return parse(text, reviver, { merge: true });
}

/** `${NAME}`, `${NAME:-instead}` and `${NAME:?why}`. */
function interpolate(text: string, variables: Record<string, string>): string {
  return text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, operator?: string, word = '') => {
    const value = variables[name] ?? '';
    if (value !== '') return value;
    if (operator === '-') return word;
    throw new Error(`${name}: ${word || 'is not set'}`);
  });
}

/** The variables of a `.env` text. */
export const variablesOf = (text: string): Record<string, string> =>
  Object.fromEntries([...text.matchAll(/^([A-Z]\w*)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]));

/** The environment that a container's program gets, as texts. */
export const environmentOf = ({ environment = {} }: Container): Record<string, string> =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, String(value)]));
