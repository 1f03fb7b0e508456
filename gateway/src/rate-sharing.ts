import { randomUUID } from 'node:crypto';
import type { Bus, Log } from '@atende/service/process';
import { z } from 'zod';
import { type Account, SCOPES } from './rate-budget.ts';
import type { Rates } from './rates.ts';

const figures = z.partialRecord(z.enum(SCOPES), z.array(z.tuple([z.string(), z.number().nonnegative()])));

/** What gateways tell each other: what was spent since the last time, in points; a question; and its answer, in ms owed. */
const toldSchema = z.object({ from: z.string(), spent: figures.optional(), ask: z.boolean().optional(), owed: figures.optional() });
type Told = z.output<typeof toldSchema>;
type Figures = z.output<typeof figures>;

const TOPIC = 'rates';
const PAUSE = 250; // ms between two tellings
const MOST = 5_000; // accounts of one scope in one message: some 300 KB, of NATS' 1 MiB

export interface RateSharingOptions {
  rates: Rates;
  bus: Pick<Bus, 'tell' | 'hear'>;
  log: Log;
  /** ms between two tellings. */
  pause?: number;
}

/**
 * Gateways tell each other what was spent, so that budgets hold for all of them together. No request waits for it. Without NATS each
 * counts alone and what it would have told is dropped: who comes back, or starts, tells what is owed as far as it knows and asks the others, and
 * the most that anybody knows counts.
 */
export class RateSharing {
  readonly #options: RateSharingOptions;
  readonly #self = randomUUID();
  readonly #timer: NodeJS.Timeout;
  readonly #stopHearing: () => Promise<void>;

  constructor(options: RateSharingOptions) {
    this.#options = options;
    this.#stopHearing = options.bus.hear(
      TOPIC,
      (text) => this.#hear(text),
      () => this.#tell({ owed: this.#owed(), ask: true }),
    );
    this.#timer = setInterval(() => this.#tellSpent(), options.pause ?? PAUSE);
    this.#timer.unref();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#stopHearing();
  }

  #tell(told: Omit<Told, 'from'>): void {
    this.#options.bus.tell(TOPIC, JSON.stringify({ from: this.#self, ...told }));
  }

  #tellSpent(): void {
    const spent: Figures = {};
    for (const { scope, dirty } of this.#options.rates.ledgers()) {
      const told = [...take(dirty)];
      if (told.length > 0) spent[scope] = told;
    }
    if (Object.keys(spent).length > 0) this.#tell({ spent });
  }

  #hear(text: string): void {
    const { success, data } = toldSchema.safeParse(parsed(text));
    if (!success) return this.#options.log.warn({ topic: TOPIC }, 'something told of rates cannot be read');
    if (data.from === this.#self) return;
    const { rates } = this.#options;
    const now = rates.now();
    each(rates, data.spent, (account, points) => account.owe(account.owed(now) + points * account.ledger.msPerPoint, now));
    each(rates, data.owed, (account, ms) => account.owe(Math.max(account.owed(now), ms), now));
    if (data.ask) this.#tell({ owed: this.#owed() });
  }

  #owed(): Figures {
    const owed: Figures = {};
    const now = this.#options.rates.now();
    for (const ledger of this.#options.rates.ledgers()) {
      const debts = [...ledger.accounts()].map((account): [string, number] => [account.key, Math.round(account.owed(now))]);
      owed[ledger.scope] = debts.sort(([, one], [, other]) => other - one).slice(0, MOST);
    }
    return owed;
  }
}

/** Takes what is to be told now; the rest waits for the next time. */
function* take(dirty: Set<Account>): Generator<[string, number]> {
  let count = 0;
  for (const account of dirty) {
    dirty.delete(account);
    yield [account.key, account.untold];
    account.untold = 0;
    if (++count >= MOST) return;
  }
}

function each(rates: Rates, told: Figures = {}, apply: (account: Account, figure: number) => void): void {
  for (const scope of SCOPES) {
    const ledger = rates.ledger(scope);
    for (const [key, figure] of told[scope] ?? []) if (ledger) apply(ledger.account(key), figure);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
