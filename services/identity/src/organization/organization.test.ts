import { describe, expect, it } from '@jest/globals';
import { recordingAct } from '../testing/recording-act.ts';
import { Organization } from './organization.ts';

const draft = { code: 'ACME01', legalName: 'ACME Indústria Ltda.', country: 'BR', plan: 'PRIME' } as const;

describe('an organization', () => {
  it('is registered with the entitlements of its plan and contracts, and says so without its name', () => {
    const act = recordingAct();
    const acme = Organization.register(act, { ...draft, contracts: ['HOSTING'] });
    expect(acme).toMatchObject({ version: 1, active: true, bso: false, accountExecutive: null, searchName: 'acme industria ltda acme01' });
    expect(acme.entitlements).toEqual(expect.arrayContaining(['value-added.cloud', 'PHONE']));
    expect(act.events).toEqual([
      {
        type: 'organization.saved',
        aggregate: acme.id,
        version: 1,
        data: { code: 'ACME01', plan: 'PRIME', bso: false, country: 'BR', entitlements: acme.entitlements, active: true },
      },
    ]);
    expect(JSON.stringify(act.events)).not.toContain('Indústria');
  });

  it('cannot be entitled to a value-added service without its contract', () => {
    const entitled = () => Organization.register(recordingAct(), { ...draft, entitlements: ['software.rm', 'value-added.cloud'] });
    expect(entitled).toThrow('NOT_ENTITLED');
  });

  it('changes with its terms: entitlements that were the usual ones follow, chosen ones stay', () => {
    const act = recordingAct();
    const acme = Organization.register(act, { ...draft, contracts: ['HOSTING'] });
    expect(acme.change(act, { plan: 'STANDARD', contracts: ['SERVICES'] })).toBe(false);
    expect(acme.entitlements).toEqual(expect.arrayContaining(['software.rm', 'value-added.rmo']));
    expect(acme.entitlements).not.toEqual(expect.arrayContaining(['PHONE']));
    expect(acme.entitlements).not.toContain('value-added.cloud');
    const chosen = Organization.register(act, { ...draft, contracts: ['HOSTING'], entitlements: ['software.rm', 'value-added.cloud'] });
    chosen.change(act, { plan: 'STANDARD' });
    expect(chosen.entitlements).toEqual(['software.rm', 'value-added.cloud']);
    chosen.change(act, { contracts: [] });
    expect(chosen.entitlements).toEqual(['software.rm']);
  });

  it('says that it is a client no more, once', () => {
    const act = recordingAct();
    const acme = Organization.register(act, draft);
    expect([acme.change(act, { active: false }), acme.change(act, { active: false })]).toEqual([true, false]);
    expect(act.events).toHaveLength(2);
    expect(act.events[1]).toMatchObject({ version: 2, data: { active: false } });
  });

  it('may be entitled to less than its plan gives', () => {
    expect(Organization.register(recordingAct(), { ...draft, entitlements: ['software.rm'] }).entitlements).toEqual(['software.rm']);
  });
});
