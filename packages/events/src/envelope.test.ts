import { describe, expect, test } from '@jest/globals';
import { parseEnvelope } from './envelope.ts';
import { goldenSamples } from './samples.ts';

const [sample] = goldenSamples('tickets');

describe('an envelope', () => {
  test('is read from text and from an object alike', () => {
    expect(parseEnvelope(JSON.stringify(sample))).toEqual(parseEnvelope(sample));
  });

  test('keeps fields that this version does not know', () => {
    expect(parseEnvelope({ ...sample, shard: 3 })).toMatchObject({ shard: 3 });
  });

  test.each([
    ['no position', { position: null }],
    ['a position of zero', { position: 0 }],
    ['an audience of its own', { audience: 'EVERYBODY' }],
    ['a time that is none', { at: 'yesterday' }],
    ['data that are a list', { data: [] }],
  ])('with %s is none', (_, fault) => {
    expect(() => parseEnvelope({ ...sample, ...fault })).toThrow();
  });

  test('is not found in anything else', () => {
    for (const other of ['', 'null', '[]', '{}', 'hello', undefined, 7]) expect(() => parseEnvelope(other)).toThrow();
  });
});
