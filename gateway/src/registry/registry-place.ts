import { DirectoryRegistry } from './directory-registry.ts';
import { HttpRegistry } from './http-registry.ts';
import type { Registry } from './registry.ts';
import { readSecret } from './secret-file.ts';

/** The registry at a place: a folder, or an http(s) address with the file of a token. Throws what `fault` makes of the reason. */
export function registryAt(place: string, tokenFile: string | undefined, fault: (what: string) => Error): Registry {
  if (!/^https?:\/\//.test(place)) return new DirectoryRegistry(place);
  if (!tokenFile) throw fault('REGISTRY_TOKEN_FILE: a registry with an address needs a token');
  const of = (what: string) => fault(`REGISTRY_TOKEN_FILE ${tokenFile}: ${what}`);
  const token = readSecret(tokenFile, of).trim();
  if (!/^\S+$/.test(token)) throw of('one token is expected, and nothing else');
  return new HttpRegistry({ url: place, token });
}
