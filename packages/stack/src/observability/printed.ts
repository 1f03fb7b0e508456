/** A metric as a process prints it. */
export interface Printed {
  name: string;
  type: string;
  /** Sorted, without `le`; undefined while there is no sample. */
  labels: string[] | undefined;
  /** Of a histogram with samples: the upper bounds without +Inf. */
  bounds: string[] | undefined;
}

/** Reads Prometheus's text format. */
export function printed(text: string): Printed[] {
  return text.split(/^# HELP /m).flatMap((part) => {
    const [, name = '', type = ''] = /^# TYPE (\S+) (\S+)$/m.exec(part) ?? [];
    if (name === '') return [];
    const samples = part
      .split('\n')
      .slice(1)
      .filter((line) => line.startsWith(name));
    const labelled = samples.map((line) => [...(/\{(.*)\}/.exec(line)?.[1] ?? '').matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)]);
    const labels = new Set(labelled.flatMap((pairs) => pairs.map(([, label = '']) => label)));
    const bounds = new Set(
      labelled.flatMap((pairs) => pairs.flatMap(([, label, bound = '']) => (label === 'le' && bound !== '+Inf' ? [bound] : []))),
    );
    labels.delete('le');
    return [
      {
        ...{ name, type },
        labels: samples.length > 0 ? [...labels].sort() : undefined,
        bounds: type === 'histogram' && bounds.size > 0 ? [...bounds] : undefined,
      },
    ];
  });
}
