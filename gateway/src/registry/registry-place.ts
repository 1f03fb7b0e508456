import { BadConfiguration } from '@atende/service/process';
import { DirectoryRegistry } from './directory-registry.ts';
import { HttpRegistry } from './http-registry.ts';
import type { Registry } from './registry.ts';
import { readSecret } from './registry-tokens.ts';

/** The registry at a place: a folder, or an http(s) address with the file of a token. Throws BadConfiguration. */
export function registryAt(place: string, tokenFile: string | undefined): Registry {
  if (!/^https?:\/\//.test(place)) return new DirectoryRegistry(place);
  const fault = (what: string) => new BadConfiguration(`REGISTRY_TOKEN_FILE ${tokenFile ?? ''}: ${what}`);
  if (!tokenFile) throw fault('a registry with an address needs a token');
  const token = readSecret(tokenFile, fault).trim();
  if (!/^\S+$/.test(token)) throw fault('one token is expected, and nothing else');
  return new HttpRegistry({ url: place, token });
}
