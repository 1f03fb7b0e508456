import type { Data, DataPath, Fetch, Step } from './program.ts';
import { rootNames } from './program.ts';

/** An error as a service or the gateway reports it, before masking. */
export interface ReportedError {
  message: string;
  path?: readonly (string | number)[];
  extensions?: Record<string, unknown>;
}

export interface ServiceAnswer {
  data?: Data | null;
  errors?: readonly ReportedError[];
  /** Set when no answer came: it stands for every field that was asked. */
  failed?: ReportedError;
}

export interface Run {
  variables: Readonly<Record<string, unknown>>;
  send(fetch: Fetch, body: string): Promise<ServiceAnswer>;
}

export interface Fetched {
  data: Data;
  errors: ReportedError[];
}

/** One failed service is one error per object that lacks its fields, up to this many. */
const MOST_PATHS = 20;

/** Runs a compiled plan: every fetch sends what it needs and merges what comes back. It never throws for a service's sake. */
export async function runProgram(program: Step, run: Run): Promise<Fetched> {
  const fetched: Fetched = { data: {}, errors: [] };
  await runStep(program, run, fetched);
  return fetched;
}

function runStep(step: Step, run: Run, fetched: Fetched): Promise<unknown> | undefined {
  if (step.kind === 'fetch') return step.entities ? fetchEntities(step, step.entities, run, fetched) : fetchRoot(step, run, fetched);
  if (step.kind === 'parallel') return Promise.all(step.steps.map((inner) => runStep(inner, run, fetched)));
  return runSequence(step.steps, run, fetched);
}

async function runSequence(steps: readonly Step[], run: Run, fetched: Fetched): Promise<void> {
  for (const step of steps) await runStep(step, run, fetched);
}

async function fetchRoot(fetch: Fetch, run: Run, { data, errors }: Fetched): Promise<void> {
  const answer = await run.send(fetch, `${fetch.prefix}${JSON.stringify(variablesOf(fetch, run))}}`);
  if (answer.data) merge(data, answer.data);
  if (answer.failed) for (const name of rootNames(fetch)) errors.push({ ...answer.failed, path: [name] });
  if (answer.errors) errors.push(...answer.errors);
}

async function fetchEntities(
  fetch: Fetch,
  { path, represent }: NonNullable<Fetch['entities']>,
  run: Run,
  { data, errors }: Fetched,
): Promise<void> {
  const targets: Data[] = [];
  collect(data, path, 0, targets);
  const { text, count, indexOf } = represent(targets);
  if (count === 0) return;

  const variables = fetch.variables.length > 0 ? JSON.stringify(variablesOf(fetch, run)).slice(1, -1) : '';
  const answer = await run.send(fetch, `${fetch.prefix}{${variables}${variables && ','}"representations":[${text}]}}`);
  const entities = answer.data?._entities;
  const isWhole = Array.isArray(entities) && entities.length === count;
  if (isWhole) mergeEntities(targets, indexOf, entities);
  if (answer.failed || answer.errors) {
    const paths = pathsOf(data, path, indexOf);
    if (answer.failed) for (const at of paths.flat().slice(0, MOST_PATHS)) errors.push({ ...answer.failed, path: at });
    for (const error of answer.errors ?? []) errors.push(...placed(error, paths));
  } else if (!isWhole) errors.push({ message: `${fetch.service} answered ${count} objects with something else` });
}

function mergeEntities(targets: readonly Data[], indexOf: readonly number[], entities: readonly unknown[]): void {
  for (let position = 0; position < targets.length; position += 1) {
    const entity = entities[indexOf[position] ?? -1];
    if (isObject(entity)) merge(targets[position] as Data, entity);
  }
}

/** The error of one entity belongs to every place where that entity stands. */
function placed(error: ReportedError, paths: readonly (readonly (string | number)[])[][]): ReportedError[] {
  const [root, index, ...rest] = error.path ?? [];
  if (root !== '_entities' || typeof index !== 'number') return [{ ...error, path: paths.flat()[0] }];
  return (paths[index] ?? []).slice(0, MOST_PATHS).map((path) => ({ ...error, path: [...path, ...rest] }));
}

function variablesOf({ variables }: Fetch, run: Run): Data {
  const used: Data = {};
  for (const name of variables) if (Object.hasOwn(run.variables, name)) used[name] = run.variables[name];
  return used;
}

/** The objects at a path, in order; what is null on the way is left out. */
function collect(value: unknown, path: DataPath, depth: number, found: Data[]): void {
  if (value === null || value === undefined) return;
  const part = path[depth];
  if (Array.isArray(value)) for (const element of value) collect(element, path, part === '@' ? depth + 1 : depth, found);
  else if (!isObject(value)) return;
  else if (part === undefined) found.push(value);
  else if (Object.hasOwn(value, part)) collect(value[part], path, depth + 1, found);
}

/** The same walk again with the places: only errors need them. The result is grouped by the index of the representation. */
function pathsOf(data: Data, path: DataPath, indexOf: readonly number[]): (string | number)[][][] {
  const grouped: (string | number)[][][] = [];
  let position = 0;
  walk(data, 0, []);
  return grouped;

  function walk(value: unknown, depth: number, at: (string | number)[]): void {
    if (value === null || value === undefined) return;
    const part = path[depth];
    if (Array.isArray(value)) {
      for (const [index, element] of value.entries()) walk(element, part === '@' ? depth + 1 : depth, [...at, index]);
    } else if (!isObject(value)) return;
    else if (part === undefined) {
      const index = indexOf[position] ?? -1;
      position += 1;
      if (index >= 0) grouped[index] = [...(grouped[index] ?? []), at];
    } else if (Object.hasOwn(value, part)) walk(value[part], depth + 1, [...at, part]);
  }
}

/** Adds what came to what is there. Lists of the same length are merged element by element. */
function merge(target: Data, source: Data): void {
  for (const key in source) {
    if (key === '__proto__') continue; // comes only inside a JSON scalar, and would reach into every object
    const value = source[key];
    const before = target[key];
    if (before === value) continue;
    if (isObject(before) && isObject(value)) merge(before, value);
    else if (Array.isArray(before) && Array.isArray(value) && before.length === value.length) {
      for (let index = 0; index < value.length; index += 1) {
        const [old, element] = [before[index], value[index]];
        if (isObject(old) && isObject(element)) merge(old, element);
        else before[index] = element;
      }
    } else target[key] = value;
  }
}

const isObject = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);
