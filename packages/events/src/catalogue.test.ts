import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { catalogue, readEvent } from './catalogue.ts';
import { defineEvent, type EventDefinition } from './define-event.ts';
import type { Envelope } from './envelope.ts';
import { inWords, printCatalogue } from './print-catalogue.ts';
import { goldenSamples } from './samples.ts';
import { code, count, id, part } from './words.ts';

const definitions = [...catalogue.values()];
const samples = goldenSamples();
const sampleOf = (type: string, v: number): Envelope | undefined => samples.find((sample) => sample.type === type && sample.v === v);
const definitionOf = (sample: Envelope): EventDefinition => {
  const definition = catalogue.get(sample.type);
  if (!definition) throw new Error(`${sample.type} left the catalogue, but its history remains`);
  return definition;
};

/** Every object schema inside a schema, with the value that stands there in a sample. */
function* objectsIn(schema: z.core.$ZodType, value: unknown): Generator<[z.core.$ZodObjectDef, Record<string, unknown>]> {
  const def = schema._zod.def as z.core.$ZodTypeDef & { innerType?: z.core.$ZodType; element?: z.core.$ZodType };
  if (def.innerType) yield* objectsIn(def.innerType, value);
  if (def.element && Array.isArray(value)) for (const one of value) yield* objectsIn(def.element, one);
  if (def.type !== 'object' || typeof value !== 'object' || value === null) return;
  const fields = value as Record<string, unknown>;
  yield [def as z.core.$ZodObjectDef, fields];
  for (const [name, field] of Object.entries((def as z.core.$ZodObjectDef).shape)) yield* objectsIn(field, fields[name]);
}

describe('the language', () => {
  test.each(definitions.map((one) => [one.type, one] as const))('%s speaks of ids, codes, numbers and digests only', (type, definition) => {
    expect(() => inWords(definition.data, type)).not.toThrow();
    expect(type).toMatch(/^[a-z]+\.[a-z_]+$/);
  });

  test('FREE_TEXT_HAS_NO_WORD', () => {
    const told = defineEvent('ticket.told', {
      version: 1,
      service: 'tickets',
      describes: '',
      data: { subject: z.string() } as z.ZodRawShape,
    });
    expect(() => inWords(told.data, 'ticket.told')).toThrow('ticket.told.subject: string is not a word');
    const hidden = part({ list: z.array(part({ name: z.string().nullable() })) });
    expect(() => inWords(hidden)).toThrow('not a word');
  });

  test('CATALOGUE.md is what it prints', () => {
    // Stale? `npm run build && npm run catalogue` in packages/events, and review the difference.
    expect(readFileSync(new URL('../CATALOGUE.md', import.meta.url), 'utf8')).toBe(printCatalogue());
  });
});

describe('versions', () => {
  test.each(definitions.flatMap((one) => Array.from({ length: one.version }, (_, v) => [one.type, v + 1] as const)))(
    '%s v%i has its golden sample',
    (type, v) => {
      // New version? Freeze one envelope of it as samples/<type>.v<version>.json; the older samples stay as they are.
      expect(sampleOf(type, v)).toBeDefined();
    },
  );

  test.each(samples.map((sample) => [`${sample.type} v${sample.v}`, sample] as const))('%s reads as it was written', (_, sample) => {
    const definition = definitionOf(sample);
    expect(sample.v).toBeLessThanOrEqual(definition.version);
    expect(readEvent(sample)).toMatchObject({ known: true, event: sample });
  });

  test.each(samples.map((sample) => [`${sample.type} v${sample.v}`, sample] as const))('%s lost no field since', (_, sample) => {
    for (const [{ shape }, value] of objectsIn(definitionOf(sample).data, sample.data)) {
      expect(Object.keys(shape)).toEqual(expect.arrayContaining(Object.keys(value)));
    }
  });

  test.each(samples.map((sample) => [`${sample.type} v${sample.v}`, sample] as const))(
    '%s with fields of a later version keeps them',
    (_, sample) => {
      const later = structuredClone(sample);
      for (const [, value] of objectsIn(definitionOf(sample).data, later.data)) value.since = 'v99';
      expect(readEvent({ ...later, v: 99 })).toMatchObject({ known: true, event: { data: later.data } });
    },
  );

  test('a field that became required, or was renamed, is noticed', () => {
    const [sample] = samples;
    const narrowed = defineEvent('ticket.narrowed', { version: 2, service: 'tickets', describes: '', data: { certainty: count() } });
    expect(narrowed.data.safeParse(sample?.data).success).toBe(false);
  });
});

describe('reading', () => {
  test('an unknown type is unknown and no error', () => {
    const [sample] = samples;
    expect(readEvent({ ...(sample as Envelope), type: 'ticket.teleported' })).toEqual({ known: false, type: 'ticket.teleported' });
  });

  test('an event under the name of another service’s is unknown', () => {
    expect(readEvent({ ...(sampleOf('ticket.opened', 1) as Envelope), service: 'favorites' })).toMatchObject({ known: false });
  });

  test('a known event that breaks its contract is an error', () => {
    expect(() => readEvent({ ...(sampleOf('ticket.opened', 1) as Envelope), data: {} })).toThrow();
  });
});

describe('words', () => {
  test.each([
    [
      id('con', 'ana'),
      ['con_0000000000000000000000000a', 'ana_0123456789abcdefghjkmnpqrs'],
      ['per_0000000000000000000000000a', 'con_1', 'con_ILOU0000000000000000000000', 'Ana'],
    ],
    [
      code(),
      ['software.rm', 'ACME01', 'BR', 'n1-software', '2026-000042'],
      ['', 'two words', 'ana@acme.example', 'relatório', '../x', 'x'.repeat(65)],
    ],
  ])('%# fit what they are for and nothing people write', (word, fitting, others) => {
    for (const text of fitting) expect(word.safeParse(text).success).toBe(true);
    for (const text of others) expect(word.safeParse(text).success).toBe(false);
  });
});
