import { readFile } from 'node:fs/promises';
import { BadConfiguration } from '@atende/service';
import { z } from 'zod';

/** An OpenID Connect provider by which people may sign in. */
export interface SignInProvider {
  /** Short and stable, e.g. acme: what a front end asks for. */
  id: string;
  /** As people read it. */
  name: string;
  issuer: URL;
  clientId: string;
  clientSecret: string;
  /** Logins it may vouch for end with one of these domains; empty: any. */
  domains: string[];
  /** Client codes: only contacts of one of these organizations; empty: any. */
  organizations: string[];
}

const entry = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]{1,32}$/, '1 to 32 small letters, digits and hyphens'),
    name: z.string().min(1).max(100),
    issuer: z.url().transform((text) => new URL(text)),
    clientId: z.string().min(1),
    clientSecretFile: z.string().min(1),
    domains: z.array(z.string().toLowerCase()).default([]),
    organizations: z.array(z.string()).default([]),
  })
  .refine(
    ({ domains, organizations }) => domains.length + organizations.length > 0,
    'name domains or organizations: it may vouch for these only',
  );

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Reads the list of providers, a JSON array, and the file of each client secret. Every fault at once. */
export async function providersFrom(file: string | undefined, { development }: { development: boolean }): Promise<SignInProvider[]> {
  if (file === undefined) return [];
  const faults: string[] = [];
  const entries = await readEntries(file, faults);
  const providers = await Promise.all(
    entries.map(async ({ clientSecretFile, ...provider }) => {
      const { id, issuer } = provider;
      const isSafe = issuer.protocol === 'https:' || (development && issuer.protocol === 'http:' && LOOPBACK.test(issuer.hostname));
      if (!isSafe) faults.push(`${id}: the issuer must be https; in development http on loopback will do`);
      const clientSecret = await readFile(clientSecretFile, 'utf8').catch((error: Error) => void faults.push(`${id}: ${error.message}`));
      return { ...provider, clientSecret: clientSecret?.trim() ?? '' };
    }),
  );
  if (new Set(providers.map(({ id }) => id)).size < providers.length) faults.push('two providers have the same id');
  if (faults.length > 0) throw new BadConfiguration(faults.map((fault) => `SIGN_IN_PROVIDERS_FILE ${file}: ${fault}`).join('\n'));
  return providers;
}

async function readEntries(file: string, faults: string[]): Promise<z.output<typeof entry>[]> {
  try {
    return z.array(entry).parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (error instanceof z.ZodError) faults.push(...error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
    else faults.push((error as Error).message);
    return [];
  }
}
