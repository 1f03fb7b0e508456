import { z } from 'zod';

/** One environment variable: its schema, what it is for, and an example that is printed beside a fault. */
export interface Setting<S extends z.ZodType = z.ZodType> {
  schema: S;
  describes: string;
  example: string;
  /** What is wrong with it beside the other values; those with faults of their own are absent. */
  beside?(others: Record<string, unknown>): string | undefined;
}
export type Settings = Record<string, Setting>;
export type Values<T extends Settings> = { [K in keyof T]: z.output<T[K]['schema']> };

export const setting = <S extends z.ZodType>(schema: S, describes: string, example: string): Setting<S> => ({ schema, describes, example });

const port = z.coerce.number().int().min(0).max(65_535);
const flag = z
  .enum(['0', '1'])
  .default('0')
  .transform((value) => value === '1');
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, 'a postgresql:// URL is expected');

const httpUrl = z.url({ protocol: /^https?$/, error: 'an http:// URL is expected' });
// OpenTelemetry's own names. A part is always recorded with the trace it belongs to, so `parentbased_` changes nothing here.
const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

/** What every process of Atende reads. */
export const processSettings = {
  HOST: setting(z.string().default('127.0.0.1'), 'address to listen on', '127.0.0.1'),
  PORT: setting(port, 'port to listen on (0: any free one)', '4102'),
  PROBE_PORT: setting(port, 'port of /livez, /readyz and /metrics', '4202'),
  NATS_URL: setting(
    z.string().regex(/^(nats|tls):\/\//, 'a nats:// URL is expected'),
    'the NATS server or cluster',
    'nats://127.0.0.1:14222',
  ),
  NATS_PREFIX: setting(
    z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case letters, digits and hyphens'),
    'prefix of streams and subjects',
    'atende',
  ),
  ATENDE_ENV: setting(
    z.enum(['development', 'production']).default('production'),
    'development shows the explorer and allows demo data',
    'production',
  ),
  LOG_LEVEL: setting(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'), 'least level that is logged', 'info'),
  EXIT_WITH_PARENT: setting(flag, '1: end when standard input closes', '0'),
  SHUTDOWN_GRACE_MS: setting(z.coerce.number().int().min(0).default(2_500), 'how long running requests may take to end, ms', '2500'),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting(
    httpUrl.optional(),
    'where traces are sent (OTLP over HTTP); none: they are not made',
    'http://127.0.0.1:4318',
  ),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: setting(httpUrl.optional(), 'the same, with its path', 'http://127.0.0.1:4318/v1/traces'),
  OTEL_TRACES_SAMPLER: setting(z.enum(SAMPLERS).default('parentbased_always_on'), 'which traces are recorded', 'parentbased_traceidratio'),
  OTEL_TRACES_SAMPLER_ARG: setting(z.coerce.number().min(0).max(1).default(1), 'the share of traces for …traceidratio', '0.1'),
  OTEL_SDK_DISABLED: setting(
    z
      .enum(['true', 'false'])
      .default('false')
      .transform((value) => value === 'true'),
    'true: no traces, whatever else is set',
    'false',
  ),
} satisfies Settings;
export type ProcessConfig = Values<typeof processSettings>;

const loopback = /^(127\.\d+\.\d+\.\d+|localhost|::1)$/;

/** Demo data has known passwords: only in development and only where nobody else can connect. */
function demoFault({ ATENDE_DEMO, ATENDE_ENV, HOST }: Record<string, unknown>): string | undefined {
  if (ATENDE_DEMO !== true) return undefined;
  if (ATENDE_ENV === 'production') return 'demo passwords are public: not in production';
  return typeof HOST === 'string' && !loopback.test(HOST) ? 'demo passwords are public: only on a loopback HOST' : undefined;
}

/** What every service reads beside that. */
export const serviceSettings = {
  ...processSettings,
  DATABASE_URL: setting(postgresUrl, 'the database as role app', 'postgresql://tickets_app:…@127.0.0.1:15432/tickets'),
  DATABASE_WORKER_URL: setting(postgresUrl, 'the database as role worker', 'postgresql://tickets_worker:…@127.0.0.1:15432/tickets'),
  DATABASE_OWNER_URL: setting(
    postgresUrl.optional(),
    'the database as role owner; when set, migrations run at start',
    'postgresql://tickets_owner:…@127.0.0.1:15432/tickets',
  ),
  DATABASE_POOL: setting(z.coerce.number().int().min(2).max(200).default(8), 'most connections of each role', '8'),
  GATEWAY_JWKS_URL: setting(z.url(), "the gateways' public keys", 'http://127.0.0.1:4000/.well-known/jwks.json'),
  ATENDE_DEMO: { ...setting(flag, '1: fill an empty database with demo data (development on loopback only)', '0'), beside: demoFault },
} satisfies Settings;
export type ServiceConfig = Values<typeof serviceSettings>;

/** All faults of a configuration at once. */
export class BadConfiguration extends Error {
  readonly exitCode = 78; // EX_CONFIG of sysexits.h
}

/** Parses the environment; throws one `BadConfiguration` whose message is a table of every fault with an example each. */
export function parseConfig<T extends Settings>(settings: T, environment: Record<string, string | undefined>): Values<T> {
  const faults: string[][] = [];
  const values: Record<string, unknown> = {};
  const entries = Object.entries(settings);
  for (const [name, { schema, describes, example }] of entries) {
    const given = environment[name] === '' ? undefined : environment[name];
    const parsed = schema.safeParse(given);
    if (parsed.success) values[name] = parsed.data;
    else
      faults.push([
        name,
        given === undefined ? 'missing' : parsed.error.issues.map((issue) => issue.message).join('; '),
        describes,
        example,
      ]);
  }
  for (const [name, { beside, describes, example }] of entries) {
    const fault = name in values && beside?.(values);
    if (fault) faults.push([name, fault, describes, example]);
  }
  if (faults.length > 0)
    throw new BadConfiguration(
      `The configuration has ${faults.length} fault(s):\n${table([['variable', 'fault', 'what it is', 'example'], ...faults])}`,
    );
  return values as Values<T>;
}

function table(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `  ${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}`,
    )
    .join('\n');
}

/** The process's own configuration. Bad: prints the table and ends with exit code 78. */
export function loadConfig<T extends Settings>(settings: T): Values<T> {
  try {
    return parseConfig(settings, process.env);
  } catch (error) {
    if (!(error instanceof BadConfiguration)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(error.exitCode);
  }
}
