import { entitiesOf } from './joint-fetch.ts';
import type { Data, DataPath, Fetch, JointFetch, Step } from './program.ts';
import { rootNames } from './program.ts';
import type { Represented } from './representations.ts';

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
  if (step.kind === 'fetch') return step.entities ? fetchEntities(step, run, fetched) : fetchRoot(step, run, fetched);
  if (step.kind === 'joint') return fetchJointly(step, run, fetched);
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

/** The objects that a fetch is for, as they are asked for. */
interface Wanted extends Represented {
  fetch: Fetch;
  path: DataPath;
  targets: Data[];
}

/** Null when there is nothing to ask. */
function want(fetch: Fetch, data: Data): Wanted | null {
  if (!fetch.entities) return null;
  const { path, represent } = fetch.entities;
  const targets: Data[] = [];
  collect(data, path, 0, targets);
  const represented = represent(targets);
  return represented.count === 0 ? null : { fetch, path, targets, ...represented };
}

async function fetchEntities(fetch: Fetch, run: Run, fetched: Fetched): Promise<void> {
  const wanted = want(fetch, fetched.data);
  if (wanted) await ask(wanted, run, fetched);
}

async function ask(wanted: Wanted, run: Run, fetched: Fetched): Promise<void> {
  const { fetch, text } = wanted;
  const answer = await run.send(fetch, `${fetch.prefix}{${othersOf(fetch, run)}"representations":[${text}]}}`);
  take(wanted, answer, '_entities', fetched);
}

async function fetchJointly(joint: JointFetch, run: Run, fetched: Fetched): Promise<void> {
  const wanted = joint.parts.map((part) => want(part, fetched.data));
  const [first, ...others] = wanted.filter((part) => part !== null);
  if (!first) return;
  if (others.length === 0) return ask(first, run, fetched);
  const lists = wanted.map((part, at) => `"${entitiesOf(at)}":[${part?.text ?? ''}]`);
  const answer = await run.send(first.fetch, `${joint.prefix}{${othersOf(joint, run)}${lists.join()}}}`);
  const errors = Map.groupBy(answer.errors ?? [], ({ path }) => wanted.findIndex((part, at) => part && path?.[0] === entitiesOf(at)));
  for (const [at, part] of wanted.entries()) {
    if (!part) continue;
    // An error that names no part is told once, at the first.
    const own = [...(errors.get(at) ?? []), ...((part === first && errors.get(-1)) || [])];
    const isLost = !answer.failed && !answer.data && own.length === 0;
    if (!isLost) take(part, { ...answer, errors: own.length > 0 ? own : undefined }, entitiesOf(at), fetched);
  }
}

/** Puts what came where it belongs, and errors to the places of the objects that they are about. */
function take({ fetch, path, targets, count, indexOf }: Wanted, answer: ServiceAnswer, root: string, { data, errors }: Fetched): void {
  const entities = answer.data?.[root];
  const isWhole = Array.isArray(entities) && entities.length === count;
  if (isWhole) mergeEntities(targets, indexOf, entities);
  if (answer.failed || answer.errors) {
    const paths = pathsOf(data, path, indexOf);
    if (answer.failed) for (const at of paths.flat().slice(0, MOST_PATHS)) errors.push({ ...answer.failed, path: at });
    for (const error of answer.errors ?? []) errors.push(...placed(error, root, paths));
  } else if (!isWhole) errors.push({ message: `${fetch.service} answered ${count} objects with something else` });
}

function mergeEntities(targets: readonly Data[], indexOf: readonly number[], entities: readonly unknown[]): void {
  for (let position = 0; position < targets.length; position += 1) {
    const entity = entities[indexOf[position] ?? -1];
    if (isObject(entity)) merge(targets[position] as Data, entity);
  }
}

/** The error of one entity belongs to every place where that entity stands. */
function placed(error: ReportedError, root: string, paths: readonly (readonly (string | number)[])[][]): ReportedError[] {
  const [name, index, ...rest] = error.path ?? [];
  if (name !== root || typeof index !== 'number') return [{ ...error, path: paths.flat()[0] }];
  return (paths[index] ?? []).slice(0, MOST_PATHS).map((path) => ({ ...error, path: [...path, ...rest] }));
}

/** The variables beside the objects, with a comma after them. */
function othersOf(fetch: Pick<Fetch, 'variables'>, run: Run): string {
  if (fetch.variables.length === 0) return '';
  const text = JSON.stringify(variablesOf(fetch, run)).slice(1, -1);
  return text && `${text},`;
}

function variablesOf({ variables }: Pick<Fetch, 'variables'>, run: Run): Data {
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
