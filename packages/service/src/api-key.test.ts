import { describe, expect, it } from '@jest/globals';
import { isApiKey, newApiKey } from './api-key.ts';

describe('an API key', () => {
  it('is recognised by its prefix and its checksum, and never comes twice', () => {
    const [one, other] = [newApiKey(), newApiKey()];
    expect(one).toMatch(/^atende_[0-9a-f]{48}$/);
    expect([isApiKey(one), isApiKey(other), one === other]).toEqual([true, true, false]);
  });

  it('that was made up, cut or mistyped is none', () => {
    const key = newApiKey();
    const mistyped = key.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    for (const text of ['', 'atende_', mistyped, key.slice(0, -1), `${key}0`, key.toUpperCase(), `atende_${'0'.repeat(48)}`, `${key}\n`])
      expect(isApiKey(text)).toBe(false);
  });
});
