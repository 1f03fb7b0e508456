import { loadConfig, parseConfig, processSettings, type Settings, setting, type Values } from '@atende/service/process';
import { z } from 'zod';
import { LIMITS } from './limits.ts';
import { BUDGET, type Budget, budgetOf } from './rate-budget.ts';
import { reporterName } from './registry/publication.ts';

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);
const url = z.url({ protocol: /^https?$/, error: 'an http:// URL is expected' });

const origins = z
  .string()
  .default('')
  .transform((text, context) => {
    const all = text.split(',').filter(Boolean);
    for (const one of all)
      if (URL.parse(one)?.origin !== one)
        context.addIssue({ code: 'custom', message: `"${one}" is no origin like https://portal.example` });
    return new Set(all);
  });

const serviceUrls = z
  .string()
  .default('')
  .transform((text, context) => {
    const urls: Record<string, string[]> = {};
    for (const part of text.split(',').filter(Boolean)) {
      const [, name, addresses] = /^\s*([a-z][a-z0-9-]*)=(\S+)\s*$/.exec(part) ?? [];
      const list = addresses?.split('|') ?? [];
      if (!name || !list.every((address) => url.safeParse(address).success)) {
        context.addIssue({ code: 'custom', message: `"${part.trim()}" is not name=http://…` });
      } else urls[name] = list;
    }
    return urls;
  });

function supergraphFault({ SUPERGRAPH_FILE, REGISTRY }: Record<string, unknown>): string | undefined {
  if (!SUPERGRAPH_FILE && !REGISTRY) return 'missing, and no REGISTRY either';
  return SUPERGRAPH_FILE && REGISTRY ? 'beside REGISTRY: one of the two' : undefined;
}

/** An address can be away when a gateway starts. */
function registryFault({ REGISTRY, REGISTRY_TOKEN_FILE, SUPERGRAPH_COPY }: Record<string, unknown>): string | undefined {
  if (!/^https?:/.test(String(REGISTRY ?? ''))) return undefined;
  const missing = [!REGISTRY_TOKEN_FILE && 'REGISTRY_TOKEN_FILE', !SUPERGRAPH_COPY && 'SUPERGRAPH_COPY'].filter(Boolean);
  return missing.length > 0 ? `an address needs ${missing.join(' and ')}` : undefined;
}

const budget = (fallback: string) => z.string().regex(BUDGET, 'points/seconds is expected, or off').default(fallback);

type Budgeted = 'RATE_PERSON' | 'RATE_ORGANIZATION' | 'RATE_ADDRESS';
const budgetIn = (values: Record<string, unknown>, name: Budgeted) => budgetOf(String(values[name] ?? 'off'));

/** An operation that is allowed at all must be affordable. */
const affords = (name: Budgeted) => (values: Record<string, unknown>) => {
  const points = budgetIn(values, name)?.points ?? LIMITS.cost;
  return points < LIMITS.cost ? `less than the ${LIMITS.cost} points that one operation may cost` : undefined;
};

/** One colleague must not be able to use up what all of them have. */
function shareFault(values: Record<string, unknown>): string | undefined {
  const [person, organization] = [budgetIn(values, 'RATE_PERSON'), budgetIn(values, 'RATE_ORGANIZATION')];
  const rate = ({ points, seconds }: Budget) => points / seconds;
  const isShare = !person || !organization || (person.points * 2 <= organization.points && rate(person) * 2 <= rate(organization));
  return affords('RATE_PERSON')(values) ?? (isShare ? undefined : 'more than half of RATE_ORGANIZATION');
}

/** What the gateway reads from its environment. */
export const gatewaySettings = {
  ...processSettings,
  PORT: setting(port(4_000), 'port to listen on (0: any free one)', '4000'),
  PROBE_PORT: setting(port(4_200), 'port of /livez, /readyz and /metrics', '4200'),
  SUPERGRAPH_FILE: {
    ...setting(z.string().optional(), 'the composed supergraph; followed when it changes', '.data/supergraph.graphql'),
    beside: supergraphFault,
  },
  REGISTRY: {
    ...setting(z.string().optional(), 'or the registry that holds it: a folder, or an http(s) address', 'http://registry:4300'),
    beside: registryFault,
  },
  REGISTRY_TOKEN_FILE: setting(z.string().optional(), 'the token for a registry with an address, mode 0600', '/etc/atende/registry-token'),
  SUPERGRAPH_COPY: setting(
    z.string().optional(),
    'where the supergraph is kept for a start while the registry is away',
    '.data/supergraph-copy.graphql',
  ),
  REPLICA_NAME: setting(reporterName.optional(), 'whose report of operations it is; default: the host and the port', 'gateway-1'),
  CLIENT_NAMES: setting(z.string().default('portal'), 'clients that are named in reports of operations, with commas', 'portal,mobile'),
  SIGNING_KEY_FILE: setting(z.string(), 'Ed25519 private key as a JWK, mode 0600; the same for all gateways', '.data/gateway-key.json'),
  IDENTITY_JWKS_URL: setting(url, "identity's public keys, for access tokens", 'http://127.0.0.1:4201/jwks.json'),
  SERVICE_URLS: setting(
    serviceUrls,
    'addresses that win over those in the supergraph; replicas with |',
    'tickets=http://127.0.0.1:4102/graphql|http://127.0.0.1:5102/graphql',
  ),
  FILES_URL: setting(url, 'where uploads and downloads are passed on to', 'http://127.0.0.1:4103'),
  CONNECTIONS_PER_PERSON: setting(
    z.coerce.number().int().min(1).default(500),
    'most sockets and event streams of one person at a time',
    '500',
  ),
  ALLOWED_ORIGINS: setting(
    origins,
    'whose pages may call and open sockets beside those of this address, with commas',
    'https://portal.example,https://painel.example',
  ),
  RATE_PERSON: {
    ...setting(budget('60000/60'), 'points of cost that one person may spend in so many seconds, or off', '60000/60'),
    beside: shareFault,
  },
  RATE_ORGANIZATION: {
    ...setting(budget('300000/60'), 'the same for all persons of an organization together', '300000/60'),
    beside: affords('RATE_ORGANIZATION'),
  },
  RATE_ADDRESS: {
    ...setting(budget('30000/60'), 'the same for all who are not signed in at one address', '30000/60'),
    beside: affords('RATE_ADDRESS'),
  },
  RATE_ATTEMPTS: setting(budget('300/60'), 'sign-ins and other tries at a secret from one address in so many seconds, or off', '300/60'),
  SUBSCRIPTIONS_PER_PERSON: setting(
    z.coerce.number().int().min(1).default(1_000),
    'most subscriptions of one person at a time, on all their connections',
    '1000',
  ),
  TRUSTED_DOCUMENTS: {
    ...setting(z.enum(['off', 'on']).default('off'), 'on: only documents that are stored in the registry are run', 'on'),
    beside: ({ TRUSTED_DOCUMENTS, REGISTRY }) =>
      TRUSTED_DOCUMENTS === 'on' && !REGISTRY ? 'on, and no REGISTRY that holds them' : undefined,
  },
  EXAMPLES_DIR: setting(z.string().optional(), 'operations that the explorer offers, in development', './examples'),
  TRUST_PROXY: setting(
    z.enum(['0', '1']).default('0'),
    '1: the last entry of X-Forwarded-For is the client (a balancer of ours stands in front)',
    '0',
  ),
} satisfies Settings;

export type GatewayConfig = Values<typeof gatewaySettings>;

export const loadGatewayConfig = (): GatewayConfig => loadConfig(gatewaySettings);

/** The same from given values: tests and embedded starts. Throws BadConfiguration. */
export const parseGatewayConfig = (environment: Record<string, string | undefined>): GatewayConfig =>
  parseConfig(gatewaySettings, environment);
