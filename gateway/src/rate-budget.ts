/** So many points, given back evenly over so many seconds. */
export interface Budget {
  points: number;
  seconds: number;
}

/** How a budget is written: `60000/60`, or `off`. */
export const BUDGET = /^([1-9]\d{0,8}\/[1-9]\d{0,3}|off)$/;

/** Null: nothing is limited. */
export function budgetOf(text: string): Budget | null {
  const [points = 0, seconds = 0] = text.split('/').map(Number);
  return text === 'off' ? null : { points, seconds };
}

/** Who pays: a person (or their API key), their organization, the address of somebody unknown; and an address once more for tries at a secret. */
export const SCOPES = ['person', 'organization', 'address', 'attempts'] as const;
export type Scope = (typeof SCOPES)[number];

/** What one payer has spent of a budget. One number: when all of it will have been given back. */
export class Account {
  readonly key: string;
  readonly ledger: Ledger;
  /** ms of the process's clock. */
  #evenAt = 0;
  /** Points spent here that other gateways have not been told of. */
  untold = 0;

  constructor(key: string, ledger: Ledger) {
    this.key = key;
    this.ledger = ledger;
  }

  /** ms until nothing is owed. */
  owed(now: number): number {
    return Math.max(0, this.#evenAt - now);
  }

  left(now: number): number {
    const { budget, msPerPoint } = this.ledger;
    return budget.points - this.owed(now) / msPerPoint;
  }

  /** ms until so many points can be paid; 0: now. */
  wait(points: number, now: number): number {
    const { budget, msPerPoint } = this.ledger;
    return Math.max(0, this.owed(now) + points * msPerPoint - budget.seconds * 1_000);
  }

  spend(points: number, now: number): void {
    this.untold += points;
    this.ledger.dirty.add(this);
    this.owe(this.owed(now) + points * this.ledger.msPerPoint, now);
  }

  /** Never more than the whole budget: who goes on asking waits no longer than its window. */
  owe(ms: number, now: number): void {
    this.#evenAt = now + Math.min(ms, this.ledger.budget.seconds * 1_000);
  }
}

const MOST = 100_000; // accounts of one scope; beyond them the oldest begin anew

/** The accounts of one scope. */
export class Ledger {
  readonly scope: Scope;
  readonly budget: Budget;
  readonly msPerPoint: number;
  readonly #accounts = new Map<string, Account>();
  /** Accounts with something that other gateways have not been told of. */
  readonly dirty = new Set<Account>();

  constructor(scope: Scope, budget: Budget) {
    this.scope = scope;
    this.budget = budget;
    this.msPerPoint = (budget.seconds * 1_000) / budget.points;
  }

  account(key: string): Account {
    const known = this.#accounts.get(key);
    if (known) return known;
    const [oldest] = this.#accounts.size < MOST ? [] : this.#accounts.keys();
    if (oldest !== undefined) this.#accounts.delete(oldest);
    const account = new Account(key, this);
    this.#accounts.set(key, account);
    return account;
  }

  accounts(): Iterable<Account> {
    return this.#accounts.values();
  }

  /** Forgets who owes nothing: a new account says the same. */
  sweep(now: number): void {
    for (const [key, account] of this.#accounts) if (account.owed(now) === 0 && account.untold === 0) this.#accounts.delete(key);
  }

  /** How many owe anything, and how many have nothing left. */
  counts(now: number): { owing: number; exhausted: number } {
    const counts = { owing: 0, exhausted: 0 };
    for (const account of this.#accounts.values()) {
      if (account.owed(now) > 0) counts.owing += 1;
      if (account.left(now) < 1) counts.exhausted += 1;
    }
    return counts;
  }
}
