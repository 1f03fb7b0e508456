import type { z } from 'zod';
import { catalogue } from './catalogue.ts';
import { EVERY_SERVICE } from './define-event.ts';

/** A schema in words, e.g. `id grp | null`. Throws on a leaf that is not in the language. */
export function inWords(schema: z.core.$ZodType, path = ''): string {
  const { def } = schema._zod;
  const any = schema as z.ZodType;
  const known = any.meta()?.word;
  if (typeof known === 'string') return known;
  const inner = (type: z.core.$ZodType) => inWords(type, path);
  switch (def.type) {
    case 'object': {
      const { shape } = def as z.core.$ZodObjectDef;
      return `{ ${Object.entries(shape)
        .map(([name, field]) => `${name}: ${inWords(field, `${path}.${name}`)}`)
        .join(', ')} }`;
    }
    case 'array':
      return `list of ${inner((def as z.core.$ZodArrayDef).element)}`;
    case 'nullable':
      return `${inner((def as z.core.$ZodNullableDef).innerType)} or null`;
    case 'optional':
      return `${inner((def as z.core.$ZodOptionalDef).innerType)}, may be absent`;
    case 'enum':
      return Object.values((def as z.core.$ZodEnumDef).entries).join(' | ');
    case 'number':
      return 'number';
    case 'boolean':
      return 'true | false';
    default:
      throw new Error(`${path}: ${def.type} is not a word of the language of events, see words.ts`);
  }
}

/** CATALOGUE.md: what people review when the language grows. */
export function printCatalogue(): string {
  const lines = ['# Events', '', 'Printed from `src/*-events.ts` by `npm run catalogue`; a test fails when it is stale.', ''];
  for (const service of [...new Set([...catalogue.values()].map((definition) => definition.service))]) {
    lines.push(`## ${service === EVERY_SERVICE ? 'every service' : service}`, '');
    for (const definition of catalogue.values()) {
      if (definition.service !== service) continue;
      lines.push(`### ${definition.type} v${definition.version}`, '', definition.describes, '', '| field | is |', '|---|---|');
      const { shape } = definition.data._zod.def as unknown as z.core.$ZodObjectDef;
      for (const [name, field] of Object.entries(shape)) {
        lines.push(`| ${name} | ${inWords(field, `${definition.type}.${name}`).replaceAll('|', '\\|')} |`);
      }
      lines.push('');
    }
  }
  return lines.join('\n');
}
