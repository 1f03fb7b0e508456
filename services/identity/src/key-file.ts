import { readFile } from 'node:fs/promises';
import { BadConfiguration } from '@atende/service';
import type { JWK } from 'jose';

/** Makes something of the key in a setting's file; a missing or wrong one is a fault of the configuration, said with its mending. */
export async function fromKeyFile<Made>(setting: string, file: string, make: (jwk: JWK) => Made | Promise<Made>): Promise<Made> {
  try {
    return await make(JSON.parse(await readFile(file, 'utf8')) as JWK);
  } catch (error) {
    throw new BadConfiguration(`${setting} ${file}: ${(error as Error).message}. Expected: {"kty":"OKP","crv":"Ed25519","d":"…","x":"…"}`);
  }
}
