import { isIPv6 } from 'node:net';
import type { Viewer } from '@atende/service/process';
import type { Limits } from './limits.ts';
import { type Account, type Budget, Ledger, SCOPES, type Scope } from './rate-budget.ts';
import { Payer } from './rate-payer.ts';

/** Null: not limited. */
export type Budgets = Record<Scope, Budget | null>;

export interface RatesOptions {
  budgets: Budgets;
  limits: Pick<Limits, 'cost'>;
  /** ms of a clock that never goes back. */
  now?: () => number;
  /** Told of every refusal. */
  refused?(scope: Scope): void;
}

const SWEEP = 10_000; // ms

/** What everybody has spent lately. Asking and charging are a few look-ups in memory; other gateways are told by and by (rate-sharing.ts). */
export class Rates {
  readonly #options: RatesOptions;
  readonly now: () => number;
  readonly #ledgers = new Map<Scope, Ledger>();
  readonly #sweep: NodeJS.Timeout;
  /** The budgets of those who are known and of those who are not, for RateLimit-Policy. */
  readonly #policies: Record<'known' | 'unknown', string>;

  constructor(options: RatesOptions) {
    this.#options = options;
    this.now = options.now ?? (() => performance.now());
    for (const scope of SCOPES) {
      const budget = options.budgets[scope];
      if (budget) this.#ledgers.set(scope, new Ledger(scope, budget));
    }
    this.#policies = { known: this.#policy('person', 'organization'), unknown: this.#policy('address') };
    this.#sweep = setInterval(() => this.sweep(), SWEEP);
    this.#sweep.unref();
  }

  /** Who pays for what a viewer asks: a person (or an API key, apart from its owner) and an organization of theirs, or an unknown's address. */
  payerOf(viewer: Viewer, address: string): Payer {
    const { personId, apiKey, contacts } = viewer;
    const accounts =
      personId === null
        ? [this.#account('address', network(address))]
        : [this.#account('person', apiKey?.id ?? personId), this.#organization(contacts)];
    return new Payer({
      accounts: accounts.filter((account) => account !== null),
      attempts: () => this.#account('attempts', network(address)),
      policy: personId === null ? this.#policies.unknown : this.#policies.known,
      now: this.now,
      refused: (scope) => this.#options.refused?.(scope),
    });
  }

  ledgers(): Iterable<Ledger> {
    return this.#ledgers.values();
  }

  counts(): { scope: Scope; owing: number; exhausted: number }[] {
    return [...this.#ledgers.values()].map((ledger) => ({ scope: ledger.scope, ...ledger.counts(this.now()) }));
  }

  ledger(scope: Scope): Ledger | undefined {
    return this.#ledgers.get(scope);
  }

  sweep(): void {
    for (const ledger of this.#ledgers.values()) ledger.sweep(this.now());
  }

  close(): void {
    clearInterval(this.#sweep);
  }

  #account(scope: Scope, key: string): Account | null {
    return this.#ledgers.get(scope)?.account(key) ?? null;
  }

  /** A person of several organizations pays from the first that can afford any operation, else from the one with the most left. */
  #organization(contacts: Viewer['contacts']): Account | null {
    const now = this.now();
    let most: Account | null = null;
    for (const { organizationId } of contacts) {
      const account = this.#account('organization', organizationId);
      if (!account || account.left(now) >= this.#options.limits.cost) return account;
      if (!most || account.left(now) > most.left(now)) most = account;
    }
    return most;
  }

  #policy(...scopes: Scope[]): string {
    return scopes.flatMap((scope) => policyItem(scope, this.#options.budgets[scope])).join(', ');
  }
}

/** As draft-ietf-httpapi-ratelimit-headers has it; what is counted are points of cost, not requests. */
const policyItem = (scope: Scope, budget: Budget | null): string[] =>
  budget ? [`"${scope}";q=${budget.points};w=${budget.seconds};qu="points"`] : [];

/** An address as one customer has it: a whole IPv4 address, the first 64 bits of another. */
export function network(address: string): string {
  if (!isIPv6(address)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  const [head = '', tail = ''] = address.split('%', 1)[0]?.split('::') ?? [];
  const [first, last] = [head.split(':').filter(Boolean), tail.split(':').filter(Boolean)];
  const zeros = Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0');
  const groups = [...first, ...(address.includes('::') ? zeros : []), ...last];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
