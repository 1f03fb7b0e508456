import { ErrorCode } from '@atende/service/process';
import type { Account, Scope } from './rate-budget.ts';
import type { Complaint, Refusal } from './refusals.ts';

/** What is left of the budget that will be exhausted first. */
export interface Standing {
  policy: Scope;
  /** Points. */
  remaining: number;
  /** Seconds until the whole budget is there again. */
  reset: number;
}

/** What an operation is charged. */
export interface Charge {
  cost: number;
  /** Tries at a secret in it: fields marked @attempt. */
  attempts: number;
}

export interface PayerOptions {
  accounts: readonly Account[];
  /** The account for tries at a secret. */
  attempts(): Account | null;
  /** The value of RateLimit-Policy. */
  policy: string;
  now: () => number;
  refused(scope: Scope): void;
}

const REFUSED = 20; // points for what is refused before it is planned: about what parsing and checking it costs
const TURNED_AWAY = 1; // points for asking while nothing is left

/** Who pays for one operation, and from which budgets. */
export class Payer {
  readonly #options: PayerOptions;
  #isCharged = false;

  constructor(options: PayerOptions) {
    this.#options = options;
  }

  /** Pays for an operation from every budget, or says which one cannot. */
  charge({ cost, attempts }: Charge): Complaint | null {
    const { accounts, now } = this.#options;
    const at = now();
    const tries = attempts > 0 ? this.#options.attempts() : null;
    this.#isCharged = true;
    for (const account of accounts) {
      const wait = account.wait(cost, at);
      if (wait > 0) return this.#refuse(account, wait);
    }
    const wait = tries?.wait(attempts, at) ?? 0;
    if (tries && wait > 0) return this.#refuse(tries, wait);
    for (const account of accounts) account.spend(cost, at);
    tries?.spend(attempts, at);
    return null;
  }

  /** Turns away who has nothing left, before anything is read of what they ask. */
  turnAway(): Complaint | null {
    const at = this.#options.now();
    for (const account of this.#options.accounts) {
      if (account.left(at) >= TURNED_AWAY) continue;
      this.#isCharged = true;
      account.spend(TURNED_AWAY, at);
      return this.#refuse(account, account.wait(REFUSED, at));
    }
    return null;
  }

  /** Whatever was asked and never came to a charge costs something too. */
  settle(): void {
    if (!this.#isCharged) this.spend(REFUSED);
    this.#isCharged = true;
  }

  /** Without asking whether it is there: for work that is done already. */
  spend(points: number): void {
    const at = this.#options.now();
    for (const account of this.#options.accounts) account.spend(points, at);
  }

  /** Null where nothing is limited. */
  standing(): Standing | null {
    const { accounts, now } = this.#options;
    const at = now();
    let least: Account | null = null;
    let share = Number.POSITIVE_INFINITY;
    for (const account of accounts) {
      const its = account.left(at) / account.ledger.budget.points;
      if (its < share) [least, share] = [account, its];
    }
    if (!least) return null;
    const remaining = Math.max(0, Math.floor(least.left(at)));
    return { policy: least.ledger.scope, remaining, reset: Math.ceil(least.owed(at) / 1_000) };
  }

  /** RateLimit and RateLimit-Policy; none where nothing is limited. */
  headers(): Record<string, string> {
    const standing = this.standing();
    if (!standing) return NONE;
    const { policy, remaining, reset } = standing;
    return { 'ratelimit-policy': this.#options.policy, ratelimit: `"${policy}";r=${remaining};t=${reset}` };
  }

  #refuse({ ledger: { scope } }: Account, wait: number): Complaint {
    this.#options.refused(scope);
    const retryAfter = Math.max(1, Math.ceil(wait / 1_000));
    return { code: ErrorCode.RATE_LIMITED, refusal: EXHAUSTED[scope], values: { seconds: retryAfter }, retryAfter };
  }
}

const NONE: Record<string, string> = {};

const EXHAUSTED: Record<Scope, Refusal> = {
  person: 'personExhausted',
  organization: 'organizationExhausted',
  address: 'addressExhausted',
  attempts: 'attemptsExhausted',
};
