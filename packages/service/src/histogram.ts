import type { Metric, Registry } from 'prom-client';

export interface HistogramOptions<Label extends string> {
  name: string;
  help: string;
  labelNames: readonly Label[];
  /** Upper bounds in ascending order, in the unit of the name. */
  buckets: readonly number[];
}

/** One set of labels of a histogram. */
export interface Spread {
  observe(value: number): void;
}

/**
 * A histogram for hot paths: to observe is an addition, because the labels were found before. prom-client's own builds and hashes
 * them at every observation. The function finds, or makes, the spread of a set of labels; who observes often keeps it.
 */
export function histogram<Label extends string = never>(
  registry: Registry,
  { name, help, labelNames, buckets }: HistogramOptions<Label>,
): (labels: Readonly<Record<Label, string | number>>) => Spread {
  const spreads = new Map<string, Counted>();
  const metric = {
    ...{ name, help, type: 'histogram', aggregator: 'sum' },
    get: async () => ({
      ...{ name, help, type: 'histogram', aggregator: 'sum' },
      values: [...spreads.values()].flatMap((spread) => spread.lines(name)),
    }),
  };
  // All that a registry asks of a metric (histogram.test.ts compares what it prints with prom-client's own).
  registry.registerMetric(metric as unknown as Metric);
  return (labels) => {
    const key = JSON.stringify(labelNames.map((label) => labels[label]));
    const spread = spreads.get(key) ?? new Counted(labels, buckets);
    spreads.set(key, spread);
    return spread;
  };
}

class Counted implements Spread {
  readonly #labels: Readonly<Record<string, string | number>>;
  readonly #bounds: readonly number[];
  readonly #counts: number[];
  #sum = 0;

  constructor(labels: Readonly<Record<string, string | number>>, bounds: readonly number[]) {
    this.#labels = labels;
    this.#bounds = bounds;
    this.#counts = new Array(bounds.length + 1).fill(0);
  }

  observe(value: number): void {
    const bounds = this.#bounds;
    let bucket = 0;
    while (bucket < bounds.length && value > (bounds[bucket] as number)) bucket += 1;
    this.#counts[bucket] = (this.#counts[bucket] as number) + 1;
    this.#sum += value;
  }

  lines(name: string): object[] {
    let count = 0;
    const buckets = this.#counts.map((here, bucket) => {
      count += here;
      return { metricName: `${name}_bucket`, labels: { le: this.#bounds[bucket] ?? '+Inf', ...this.#labels }, value: count };
    });
    return [
      ...buckets,
      { metricName: `${name}_sum`, labels: this.#labels, value: this.#sum },
      { metricName: `${name}_count`, labels: this.#labels, value: count },
    ];
  }
}
