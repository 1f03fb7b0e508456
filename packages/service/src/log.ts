import { type Logger, pino } from 'pino';

export type Log = Logger;

// Keys whose values never reach a log, whatever object they stand in and however deep.
const SECRETS = 'password|passwd|secret|token|otp|authorization|cookie|receipt|cpf|cnpj|private_?key';
const SECRET_KEY = new RegExp(`(${SECRETS})$|^(body|text|texts|answers|variables|params|parameters)$`, 'i');
const CENSOR = '[redacted]';
const DEEPEST = 6;

// Shapes of secrets that never reach a log, in whatever text they stand: signed tokens, passwords in URLs, Brazilian person and
// company numbers as people write them.
const SECRET_SHAPES: [RegExp, string][] = [
  [new RegExp(`"([\\w-]*(?:${SECRETS}))":"(?:[^"\\\\]|\\\\.)*"`, 'gi'), `"$1":"${CENSOR}"`], // in the bindings of a child
  [/eyJ[\w-]{10,}\.[\w-]+\.[\w-]*/g, CENSOR],
  [/\batende_[0-9a-f]{40,}/g, CENSOR], // API keys
  [/(\w:\/\/[^\s:/@"]*:)[^\s/@"]+@/g, `$1${CENSOR}@`],
  [/\b\d{3}\.\d{3}\.\d{3}-\d{2}\b|\b\d{2}\.\d{3}\.\d{3}\/\d{4}-\d{2}\b/g, CENSOR],
];

/** JSON lines on standard output. Secrets are redacted by their keys and shapes; texts people wrote are never handed to it. */
export function makeLog(name: string, level: string, destination?: { write(line: string): void }): Log {
  const options = {
    level,
    base: { service: name },
    serializers: { err: (error: unknown) => error },
    formatters: { log: (given: object) => safe(given, 0) as Record<string, unknown> },
    hooks: { streamWrite: withoutSecretShapes },
  };
  return destination ? pino(options, destination) : pino(options);
}

const withoutSecretShapes = (line: string): string => SECRET_SHAPES.reduce((text, [shape, censor]) => text.replace(shape, censor), line);

function safe(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth > DEEPEST) return '[too deep]';
  if (Array.isArray(value)) return value.map((item) => safe(item, depth + 1));
  if (value instanceof Error) return describeError(value, depth);
  return Object.fromEntries(Object.entries(value).map(([key, nested]) => [key, SECRET_KEY.test(key) ? CENSOR : safe(nested, depth + 1)]));
}

/** Of an error: what kind, where, and what the database calls it. Never the values of a statement, nor properties somebody hung on it. */
function describeError(error: Error, depth: number): object {
  const { name, message, stack, cause, code, constraint, table } = error as Error & Record<string, unknown>;
  const isSql = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && 'severity' in error;
  return {
    type: error.constructor.name === 'Error' ? name : error.constructor.name,
    message: isSql ? withoutValues(message) : message,
    ...(code !== undefined && { code }),
    ...(constraint !== undefined && { constraint, table }),
    stack: ourFrames(stack),
    ...(cause instanceof Error && depth < DEEPEST && { cause: describeError(cause, depth + 1) }),
    ...(error instanceof AggregateError && { errors: error.errors.slice(0, 3).map((one) => safe(one, depth + 1)) }),
  };
}

/** The frames of our own code; of a failure wholly inside a library the innermost ones. */
function ourFrames(stack = ''): string {
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  const ours = frames.filter((frame) => !/node_modules|node:internal/.test(frame));
  return (ours.length > 0 ? ours : frames).slice(0, 8).join('\n');
}

/** A statement and PostgreSQL's words about it, with every value taken out. */
const withoutValues = (text: string): string =>
  text
    .replace(/'(?:[^']|'')*'/g, '?')
    .replace(/: "[^"]*"$/, ': ?')
    .slice(0, 2_000);
