import { describe, expect, it } from '@jest/globals';
import { defaultEntitlements, withoutContract } from './entitlements.ts';

describe('entitlements', () => {
  it('give every plan the software, relationship and technical-support request types', () => {
    for (const plan of ['STANDARD', 'PRIME'] as const) {
      expect(defaultEntitlements(plan, [])).toEqual(
        expect.arrayContaining(['software.rm', 'software.wms', 'relationship.ombudsman', 'technical-support']),
      );
    }
  });

  it('give PHONE to PRIME only', () => {
    expect(defaultEntitlements('PRIME', [])).toContain('PHONE');
    expect(defaultEntitlements('STANDARD', [])).not.toContain('PHONE');
  });

  it('give value-added services under their contract only', () => {
    const ofValue = (codes: string[]) => codes.filter((code) => code.startsWith('value-added.'));
    expect(ofValue(defaultEntitlements('PRIME', []))).toEqual([]);
    expect(ofValue(defaultEntitlements('STANDARD', ['HOSTING']))).toEqual(['value-added.cloud', 'value-added.datacenter']);
    expect(ofValue(defaultEntitlements('STANDARD', ['SERVICES']))).toEqual(['value-added.infra', 'value-added.rmo', 'value-added.bpo-hr']);
  });

  it('know which of them need a contract that was not signed', () => {
    expect(withoutContract(['software.rm', 'value-added.cloud', 'value-added.rmo'], ['HOSTING'])).toEqual(['value-added.rmo']);
    expect(withoutContract(['value-added.cloud', 'value-added.rmo'], ['HOSTING', 'SERVICES'])).toEqual([]);
  });
});
