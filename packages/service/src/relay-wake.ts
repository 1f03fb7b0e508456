import { ChangeSetType, type EventSubscriber, type FlushEventArgs, type TransactionEventArgs } from '@mikro-orm/postgresql';

/**
 * Wakes the relay after the commit of a transaction that recorded an event. A NOTIFY inside the transaction would do
 * the same and make all commits of the database wait in one queue (decision 0013).
 */
export class WakeRelay implements EventSubscriber {
  readonly #wake: () => void;
  readonly #recording = new WeakSet<object>();

  constructor(wake: () => void) {
    this.#wake = wake;
  }

  afterFlush({ em, uow }: FlushEventArgs): void {
    const recorded = uow.getChangeSets().some((change) => change.type === ChangeSetType.CREATE && change.meta.tableName === 'event');
    if (!recorded) return;
    const transaction = em.getTransactionContext();
    if (transaction) this.#recording.add(transaction);
    else this.#wake();
  }

  afterTransactionCommit({ transaction }: TransactionEventArgs): void {
    if (transaction && this.#recording.delete(transaction)) this.#wake();
  }
}
