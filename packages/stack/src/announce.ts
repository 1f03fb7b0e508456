import { withoutSecret } from '@atende/service/provision';
import type { Stack } from './stack.ts';

// The people of the demo data; the services fill them in, this only tells them.
const password = 'atende-demo-2026';
const accounts = [
  ['ana@acme.example', 'administrator and service manager of ACME Indústria'],
  ['bruno@acme.example', 'contact of ACME, sees own tickets'],
  ['gisele@globex.example', 'administrator of Globex Comércio'],
  ['hugo@globex.example', 'contact of Globex, sees all of Globex'],
  ['carla@support.example', 'analyst N1: n1-software, bso-ams, cloud'],
  ['diego@support.example', 'analyst N2: n2-software, bso-ams'],
  ['elisa@support.example', 'supervisor of n1-software'],
  ['otavio@support.example', 'ombudsman'],
  ['rita@support.example', 'auditor'],
] as const;

const widest = Math.max(...accounts.map(([email]) => email.length));

/** What a person needs to know once everything runs, as one block. */
export function announcement(
  stack: Pick<Stack, 'url' | 'dataDir' | 'natsUrl'>,
  { demo, seconds }: { demo: boolean; seconds: number },
): string {
  const lines = [
    `Atende is ready (${seconds.toFixed(1)} s)`,
    '',
    `  GraphQL     ${stack.url}/graphql   (queries, mutations, subscriptions; explorer in a browser)`,
    `  schema      ${stack.url}/schema.graphql`,
    `  data, logs  ${stack.dataDir}`,
    `  NATS        ${withoutSecret(stack.natsUrl)}`,
    '',
    ...(demo ? demoLines() : emptyLines()),
    '',
    '  Ctrl-C stops everything; the data stay.',
  ];
  return lines.join('\n');
}

function demoLines(): string[] {
  return [`  Demo accounts, password ${password}`, ...accounts.map(([email, who]) => `    ${email.padEnd(widest)}  ${who}`)];
}

function emptyLines(): string[] {
  return [
    '  No demo data. The first organization with its administrator, and the first analyst, are made by',
    "    npm run service -- identity first-administrator --code ACME01 --organization 'ACME S.A.' --email ana@acme.example --name Ana",
    '    npm run service -- identity add-analyst --email carla@support.example --name Carla --groups n1-software',
  ];
}
