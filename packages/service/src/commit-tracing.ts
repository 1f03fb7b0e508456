import { ChangeSetType, type EventSubscriber, type FlushEventArgs, type TransactionEventArgs } from '@mikro-orm/postgresql';
import type { EventRow } from './event.ts';
import type { Tracer } from './tracing.ts';

interface Recorded {
  event: Pick<EventRow, 'id' | 'type' | 'requestId' | 'traceparent'>;
  since: number;
}

/** Notes the commits that recorded an event: from the first statement of the flush to the end of the transaction. */
export class TraceCommits implements EventSubscriber {
  readonly #tracer: Tracer;
  readonly #begun = new WeakMap<object, number>();
  readonly #open = new WeakMap<object, Recorded[]>();

  constructor(tracer: Tracer) {
    this.#tracer = tracer;
  }

  onFlush({ uow }: FlushEventArgs): void {
    this.#begun.set(uow, performance.now());
  }

  afterFlush({ em, uow }: FlushEventArgs): void {
    const since = this.#begun.get(uow) ?? performance.now();
    const recorded = uow
      .getChangeSets()
      .filter(({ type, meta }) => type === ChangeSetType.CREATE && meta.tableName === 'event')
      .map(({ entity }) => ({ event: entity as EventRow, since }));
    const transaction = em.getTransactionContext();
    if (transaction) this.#open.set(transaction, [...(this.#open.get(transaction) ?? []), ...recorded]);
    else this.#tell(recorded);
  }

  afterTransactionCommit({ transaction }: TransactionEventArgs): void {
    if (!transaction) return;
    this.#tell(this.#open.get(transaction) ?? []);
    this.#open.delete(transaction);
  }

  #tell(recorded: readonly Recorded[]): void {
    for (const { event, since } of recorded) {
      const { id, type, requestId, traceparent: parent } = event;
      if (parent !== null) this.#tracer.begin(`commit ${type}`, { kind: 'INTERNAL', parent, requestId, facts: { event: id }, since }).end();
    }
  }
}
