import { parseArgs } from 'node:util';
import { BadConfiguration, isLine } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { type Listed, personOf } from './account/directory.ts';
import { showIn, type WayIn } from './account/way-in.ts';
import { type Act, actIn, bySystem } from './act.ts';
import { asLogin, isEmail } from './text.ts';

// What only the vendor does, by hand and on the machine: nobody can sign in yet, or nobody who can may. Each command names
// its options when one is missing, and answers with the link by which the person chooses a password.

export interface Work {
  em: EntityManager;
  now: Date;
  config: { PORTAL_URL: string };
  given: string[];
}

export const line = z.string().refine((text) => isLine(text, 200), 'one line of text, 200 characters at most');
export const email = z.string().transform(asLogin).refine(isEmail, 'an e-mail address');
export const list = z
  .string()
  .default('')
  .transform((text) => text.split(',').filter(Boolean));
export const yesOrNo = z.enum(['yes', 'no']).default('no');
export const who = { email, name: line };

export const actOf = ({ em, now }: Work): Act => actIn(em, bySystem(now));

/** The person of a login, made if there is none. */
export const personFor = ({ em, now }: Work, { email: login, name }: { email: string; name: string }): Promise<Listed> =>
  personOf(em, now, { email: login, name });

/** Tells a person, and who typed the command, how to come in. */
export function wayIn(
  { em, config: { PORTAL_URL: portalUrl } }: Work,
  act: Act,
  listed: Listed,
  organization: WayIn['organization'] = null,
): string {
  const secret = showIn(em, act, { ...listed, name: listed.person.name, organization, portalUrl });
  if (secret === null) return 'They sign in with the password they have.';
  return `They choose a password at ${new URL('/activate', portalUrl).href}#token=${secret} (7 days, once).`;
}

/** Reads `--name value` options; every fault at once. */
export function read<S extends z.ZodObject>(command: string, schema: S, given: string[]): z.output<S> {
  const options = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, { type: 'string' as const }]));
  try {
    return schema.parse(parseArgs({ args: given, options }).values);
  } catch (error) {
    const faults =
      error instanceof z.ZodError ? error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`) : [(error as Error).message];
    throw new BadConfiguration(
      [
        ...faults,
        `Usage: ${command} ${Object.keys(schema.shape)
          .map((name) => `--${name} …`)
          .join(' ')}`,
      ].join('\n'),
    );
  }
}
