import { createHash } from 'node:crypto';
import type { QueryPlan } from '@apollo/query-planner';
import { buildSchema, type GraphQLSchema, print } from 'graphql';
import { LRUCache } from 'lru-cache';
import { type Operation, type PreparedDocument, prepareDocument } from './document.ts';
import type { Limits } from './limits.ts';
import { startPlanner } from './planner.ts';
import { compileProgram, type Step } from './program.ts';
import { compileShape, type Shape } from './response-shape.ts';
import { specialise } from './specialise.ts';
import type { SupergraphFacts } from './supergraph-facts.ts';

/** An operation ready to run. */
export interface Planned {
  plan: QueryPlan;
  /** Null: the plan is unusual, the stock executor runs it. */
  program: Step | null;
  shape: Shape;
  /** The text that was planned: conditions decided. */
  source: string;
}

export interface SupergraphOptions {
  limits: Limits;
  introspection: boolean;
}

const DOCUMENTS = { max: 2_000, maxSize: 8_388_608 }; // good documents remembered with their plans: how many, and characters in all
const REFUSED_DOCUMENTS = { max: 500, maxSize: 4_194_304 }; // bad ones, apart, so that they push no good one out

const sizeCalculation = (_: PreparedDocument, source: string) => source.length + 1;

/** One version of the graph: its schema, its planner and everything remembered about documents. A reload makes a new one. */
export class Supergraph {
  readonly id: string;
  readonly sdl: string;
  /** What the public may know: GET /schema.graphql. */
  readonly apiSdl: string;
  readonly schema: GraphQLSchema;
  readonly facts: SupergraphFacts;
  readonly #planner: Awaited<ReturnType<typeof startPlanner>>;
  readonly #options: SupergraphOptions;
  readonly #personal: ReadonlySet<string>;
  readonly #attempts: ReadonlySet<string>;
  readonly #documents = new LRUCache<string, PreparedDocument>({ ...DOCUMENTS, sizeCalculation });
  readonly #refused = new LRUCache<string, PreparedDocument>({ ...REFUSED_DOCUMENTS, sizeCalculation });
  readonly #plans = new WeakMap<Operation, Map<string, Planned | Promise<Planned>>>();

  private constructor(sdl: string, planner: Awaited<ReturnType<typeof startPlanner>>, options: SupergraphOptions) {
    this.id = createHash('sha256').update(sdl).digest('hex').slice(0, 12);
    this.sdl = sdl;
    this.apiSdl = planner.apiSdl;
    this.facts = planner.facts;
    this.schema = buildSchema(planner.apiSdl, { assumeValid: true, noLocation: true });
    this.#planner = planner;
    this.#options = options;
    this.#personal = new Set(planner.facts.personal);
    this.#attempts = new Set(planner.facts.attempts);
  }

  /** Builds a supergraph from its text. Rejects, with the reason, when it is no good. */
  static async load(sdl: string, options: SupergraphOptions): Promise<Supergraph> {
    const planner = await startPlanner(sdl, { budget: options.limits.planning, queue: options.limits.plansWaiting });
    return new Supergraph(sdl, planner, options);
  }

  /** Whether its schema may be asked for and guessed at: in development. */
  get isOpen(): boolean {
    return this.#options.introspection;
  }

  /** The document after every check that its text decides; remembered, good or bad. */
  document(source: string): PreparedDocument {
    const known = this.#documents.get(source) ?? this.#refused.get(source);
    if (known) return known;
    const { limits, introspection } = this.#options;
    const rules = { schema: this.schema, personal: this.#personal, attempts: this.#attempts, introspection, limits };
    const prepared = prepareDocument(source, rules);
    ('operations' in prepared ? this.#documents : this.#refused).set(source, prepared);
    return prepared;
  }

  /** The plan of an operation with these variables; a promise only the first time. Rejects with PlanningFailed. */
  plan(operation: Operation, variables: Readonly<Record<string, unknown>>): Planned | Promise<Planned> {
    const plans = this.#plansOf(operation);
    const decided: Record<string, boolean> = {};
    for (const { variable, fallback } of operation.conditions) decided[variable] = (variables[variable] ?? fallback) === true;
    const key = operation.conditions.length > 0 ? JSON.stringify(decided) : '';
    const known = plans.get(key);
    if (known) return known;
    const planned = this.#plan(operation, decided);
    plans.set(key, planned);
    planned.then(
      (ready) => plans.set(key, ready),
      // A plan that came too late stays refused: trying again would only hold up others as long again.
      (error) => error.why === 'BUSY' && plans.delete(key),
    );
    return planned;
  }

  close(): Promise<void> {
    return this.#planner.close();
  }

  #plansOf(operation: Operation): Map<string, Planned | Promise<Planned>> {
    const known = this.#plans.get(operation);
    if (known) return known;
    const plans = new Map<string, Planned | Promise<Planned>>();
    this.#plans.set(operation, plans);
    return plans;
  }

  async #plan(operation: Operation, decided: Readonly<Record<string, boolean>>): Promise<Planned> {
    const document = operation.conditional ? specialise(operation.document, decided) : operation.document;
    const source = print(document);
    const plan = await this.#planner.plan(source, operation.name);
    return {
      plan,
      source,
      program: compileProgram(plan, this.facts.possibleTypes),
      shape: compileShape(this.schema, document, operation.name),
    };
  }
}
