// Enough of PromQL to find the names in it: metrics, the labels they are chosen by, and those the result is grouped by.

export interface Names {
  metrics: { name: string; labels: string[] }[];
  grouping: string[];
}

const WORDS = new Set(
  'sum max min avg count topk bottomk rate increase delta changes histogram_quantile label_replace and or unless bool by without on ignoring group_left group_right'.split(
    ' ',
  ),
);

export function namesIn(expression: string): Names {
  const names: Names = { metrics: [], grouping: [] };
  const bare = expression
    .replace(/"(?:[^"\\]|\\.)*"/g, '""')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/\b(by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)/g, (_, word: string, list: string) => {
      names.grouping.push(...list.split(',').map((label) => label.trim()));
      return word;
    });
  for (const [, name = '', matchers = ''] of bare.matchAll(/(?<![\w.])([a-zA-Z_:][\w:]*)(?:\{([^}]*)\})?/g)) {
    if (WORDS.has(name)) continue;
    names.metrics.push({ name, labels: [...matchers.matchAll(/(\w+)\s*[=!]/g)].map(([, label = '']) => label) });
  }
  names.grouping = names.grouping.filter((label) => label !== '');
  return names;
}
