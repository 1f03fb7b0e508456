import { describe, expect, it } from '@jest/globals';
import { isCountry } from './country.ts';
import { organizationFaults } from './organization-input.ts';

const faults = (typed: Parameters<typeof organizationFaults>[0]) =>
  organizationFaults(typed).map(({ code, field }) => `${field?.slice(1).join('.')} ${code}`);

describe('what is typed about an organization', () => {
  it('is judged only where something was typed', () => {
    expect(faults({})).toEqual([]);
    expect(faults({ accountExecutive: null, entitlements: null, environments: null })).toEqual([]);
  });

  it('gets all its faults at once, each with its place', () => {
    expect(
      faults({
        ...{ code: 'acme 1', legalName: 'a\nb', country: 'ZZ', entitlements: ['software.rm', 'a b'] },
        accountExecutive: { name: '', email: 'x', phone: 'call me' },
        environments: [{ name: 'Produção' }, { name: ' ', address: '\u0000' }],
        administrator: { email: '', name: 'Ivo', language: 'fr' },
      }),
    ).toEqual([
      ...['code BAD_USER_INPUT', 'legalName BAD_USER_INPUT', 'country BAD_USER_INPUT', 'entitlements BAD_USER_INPUT'],
      ...['accountExecutive.email NOT_AN_EMAIL', 'accountExecutive.name REQUIRED', 'accountExecutive.phone BAD_USER_INPUT'],
      ...['environments.1.name REQUIRED', 'environments.1.address BAD_USER_INPUT'],
      ...['administrator.email REQUIRED', 'administrator.language BAD_USER_INPUT'],
    ]);
    expect(faults({ legalName: null, country: null })).toEqual(['legalName REQUIRED', 'country BAD_USER_INPUT']);
    expect(faults({ environments: Array(21).fill({ name: 'x' }), entitlements: Array(101).fill('x') })).toEqual([
      'entitlements TOO_MANY',
      'environments TOO_MANY',
    ]);
  });

  it('knows the countries of ISO 3166', () => {
    expect(['BR', 'PT', 'AR', 'US', 'SS'].filter((code) => !isCountry(code))).toEqual([]);
    expect(['ZZ', 'EU', 'UN', 'XA', 'br', 'BRA', '', '1A', 'AA'].filter(isCountry)).toEqual([]);
  });
});
