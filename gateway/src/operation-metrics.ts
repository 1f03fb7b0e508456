import { histogram, type Spread } from '@atende/service/process';
import { Counter, type Registry } from 'prom-client';
import type { Operation } from './document.ts';
import type { PublicError } from './mask.ts';

/** Rate, errors and duration by operation. */
export interface OperationMetrics {
  /** An operation was answered; null: it was refused before anybody knew what it was. */
  answered(operation: Operation | null, seconds: number, errors: readonly PublicError[] | undefined): void;
}

// Names are the clients' own words and a label is for ever: so many get one, the rest share `other`.
const MOST_NAMES = 100;
const LONGEST_NAME = 64; // characters
/** The buckets of every duration here. */
export const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10];

interface Meter {
  operation: string;
  took: Spread;
}

export function operationMetrics(registry: Registry): OperationMetrics {
  const took = histogram(registry, {
    name: 'atende_gateway_operation_seconds',
    help: 'Operations over HTTP, sockets and for events, by the name the client gave; refused: before anything ran',
    labelNames: ['operation', 'type'],
    buckets: SECONDS,
  });
  const failed = new Counter({
    name: 'atende_gateway_operation_errors_total',
    help: 'Operations whose answer holds an error of this code',
    labelNames: ['operation', 'code'],
    registers: [registry],
  });
  const names = new Set<string>();
  const meters = new WeakMap<Operation, Meter>();
  const refused = { operation: 'refused', took: took({ operation: 'refused', type: 'unknown' }) };

  return {
    answered(operation, seconds, errors) {
      const meter = operation === null ? refused : (meters.get(operation) ?? meterOf(operation));
      meter.took.observe(seconds);
      if (!errors) return;
      for (const code of new Set(errors.map(({ extensions }) => extensions.code))) failed.inc({ operation: meter.operation, code });
    },
  };

  function meterOf(operation: Operation): Meter {
    const name = labelOf(operation.name);
    const meter = { operation: name, took: took({ operation: name, type: operation.node.operation }) };
    meters.set(operation, meter);
    return meter;
  }

  function labelOf(name: string | undefined): string {
    if (name === undefined) return 'anonymous';
    if (names.size < MOST_NAMES && name.length <= LONGEST_NAME) names.add(name);
    return names.has(name) ? name : 'other';
  }
}
