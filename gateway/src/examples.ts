import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An operation that the explorer offers. */
export interface Example {
  /** Its file without the ending: `13-watch-ticket`. */
  name: string;
  title: string;
  /** The e-mail of the person of the demo it is meant for; null: nobody is signed in. */
  as: string | null;
  query: string;
  /** JSON; empty when it takes none. */
  variables: string;
}

/** The examples of a folder, by name: `<name>.graphql`, and `<name>.variables.json` beside it. Their first line is `# title, as e-mail`. */
export function readExamples(folder: string): Example[] {
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.graphql')) : [];
  return files.sort().map((file) => {
    const name = file.slice(0, -'.graphql'.length);
    const query = readFileSync(join(folder, file), 'utf8');
    const variables = join(folder, `${name}.variables.json`);
    const [, title = name, as = null] = /^#\s*(.+?)(?:, as (\S+@\S+))?$/m.exec(query.split('\n', 1)[0] ?? '') ?? [];
    return { name, title, as, query, variables: existsSync(variables) ? readFileSync(variables, 'utf8') : '' };
  });
}
