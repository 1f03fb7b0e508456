// npm run compose-secrets: .env for docker-compose.yml, from .env.example. What was filled in before stays.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The text of `.env`: the example's lines with what was `given` before, and a new password wherever one is empty. */
export function fillIn(example, given, password = () => randomBytes(24).toString('base64url')) {
  const before = new Map(given.split('\n').flatMap(readLine));
  const lines = example.split('\n').map((line) => {
    const [[name, value] = []] = readLine(line);
    if (name === undefined) return line;
    const kept = before.get(name) || value;
    before.delete(name);
    return `${name}=${kept === '' && name.endsWith('_PASSWORD') ? password() : kept}`;
  });
  return [...lines.join('\n').trimEnd().split('\n'), ...[...before].map((pair) => pair.join('=')), ''].join('\n');
}

function readLine(line) {
  const [, name, value] = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(line) ?? [];
  return name === undefined ? [] : [[name, value]];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
  const file = join(root, '.env');
  const given = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const text = fillIn(readFileSync(join(root, '.env.example'), 'utf8'), given);
  // Renamed into place: a kill leaves the passwords that were there, not half of them.
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  console.log(text === given ? '.env has every password already' : '.env is written: docker compose up --build');
}
