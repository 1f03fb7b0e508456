import { anonymous, type Viewer } from '@atende/service/process';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Budget } from './rate-budget.ts';
import { type Budgets, network, Rates } from './rates.ts';
import { ANA, BRUNO, GISELE } from './testing/toy-persons.ts';

const each = (points: number, seconds = 10): Budget => ({ points, seconds });
const BUDGETS: Budgets = { person: each(100), organization: each(150), address: each(100), attempts: each(3) };

const opened: Rates[] = [];
afterEach(() => {
  for (const rates of opened.splice(0)) rates.close();
});

function build(budgets: Partial<Budgets> = {}) {
  let now = 0;
  const refused: string[] = [];
  const rates = new Rates({
    budgets: { ...BUDGETS, ...budgets },
    limits: { cost: 10 },
    now: () => now,
    refused: (scope) => refused.push(scope),
  });
  opened.push(rates);
  const charge = (viewer: Viewer, cost: number, attempts = 0, address = '192.0.2.1') =>
    rates.payerOf(viewer, address).charge({ cost, attempts })?.retryAfter ?? 'paid';
  const left = (viewer: Viewer, address = '192.0.2.1') => rates.payerOf(viewer, address).standing();
  return { rates, refused, charge, left, pass: (seconds: number) => (now += seconds * 1_000) };
}

describe('a budget', () => {
  test('is spent at once or bit by bit, and comes back evenly', () => {
    const { charge, left, pass } = build();
    expect([charge(ANA, 60), charge(ANA, 40), charge(ANA, 20)]).toEqual(['paid', 'paid', 2]);
    pass(1);
    expect([charge(ANA, 20), left(ANA)?.remaining]).toEqual([1, 10]);
    pass(1);
    expect([charge(ANA, 20), left(ANA)]).toEqual(['paid', { policy: 'person', remaining: 0, reset: 10 }]);
    pass(60);
    expect(left(ANA)).toMatchObject({ remaining: 100, reset: 0 });
  });

  test('a refusal takes nothing of it, so that who waits as told is served', () => {
    const { charge, pass } = build();
    charge(ANA, 100);
    for (let count = 0; count < 50; count += 1) expect(charge(ANA, 50)).toBe(5);
    pass(5);
    expect(charge(ANA, 50)).toBe('paid');
  });

  test('asking on while nothing is left costs, but never more than the budget', () => {
    const { rates, charge, left, pass } = build();
    charge(ANA, 100);
    pass(0.05);
    for (let count = 0; count < 1_000; count += 1)
      expect(rates.payerOf(ANA, '').turnAway()).toMatchObject({ code: 'RATE_LIMITED', retryAfter: 2 });
    expect(left(ANA)).toEqual({ policy: 'person', remaining: 0, reset: 10 });
  });

  test('what is refused for another reason costs a little, once', () => {
    const { rates, left } = build();
    const payer = rates.payerOf(ANA, '');
    payer.settle();
    payer.settle();
    const served = rates.payerOf(ANA, '');
    served.charge({ cost: 5, attempts: 0 });
    served.settle();
    expect(left(ANA)?.remaining).toBe(75);
  });

  test('that is off limits nobody', () => {
    const { charge, left } = build({ person: null, organization: null });
    expect([charge(ANA, 1_000_000), left(ANA)]).toEqual(['paid', null]);
  });
});

describe('who pays', () => {
  test('colleagues share the budget of their organization, strangers do not', () => {
    const { charge, left, refused } = build();
    expect([charge(ANA, 100), charge(BRUNO, 50), charge(BRUNO, 10), charge(GISELE, 100)]).toEqual(['paid', 'paid', 1, 'paid']);
    expect(left(BRUNO)).toMatchObject({ policy: 'organization', remaining: 0 });
    expect(refused).toEqual(['organization']);
  });

  test('an API key pays apart from its owner', () => {
    const { charge } = build();
    const key: Viewer = { ...ANA, apiKey: { id: 'key_1', scopes: ['READ'] } };
    expect([charge(key, 100), charge(ANA, 50), charge(key, 1)]).toEqual(['paid', 'paid', 1]);
  });

  test('a person of several organizations pays from the first that can afford it', () => {
    const { charge } = build({ person: null });
    const both: Viewer = { ...ANA, contacts: [...ANA.contacts, ...GISELE.contacts] };
    charge(BRUNO, 145);
    expect([charge(both, 100), charge(GISELE, 51), charge(both, 50), charge(both, 1)]).toEqual(['paid', 1, 'paid', 'paid']);
  });

  test('who is not signed in pays by address, and a network of IPv6 is one', () => {
    const { charge } = build();
    expect([charge(anonymous, 100), charge(anonymous, 1), charge(anonymous, 1, 0, '192.0.2.2')]).toEqual(['paid', 1, 'paid']);
    expect([charge(anonymous, 100, 0, '2001:db8::1'), charge(anonymous, 1, 0, '2001:db8::ffff:2')]).toEqual(['paid', 1]);
  });

  test('tries at a secret are counted by address, signed in or not', () => {
    const { charge, refused } = build();
    expect([charge(anonymous, 1, 1), charge(ANA, 1, 1), charge(ANA, 1, 1), charge(ANA, 1, 1), charge(ANA, 1)]).toEqual([
      'paid',
      'paid',
      'paid',
      4,
      'paid',
    ]);
    expect(refused).toEqual(['attempts']);
  });

  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('the network of %s', (address, expected) => {
    expect(network(address)).toBe(expected);
  });
});

test('who owes nothing is forgotten', () => {
  const { rates, charge, pass } = build();
  charge(ANA, 10);
  rates.sweep();
  expect(rates.counts()).toContainEqual({ scope: 'person', owing: 1, exhausted: 0 });
  pass(2);
  for (const { dirty } of rates.ledgers()) for (const account of dirty) account.untold = 0;
  rates.sweep();
  expect([...(rates.ledger('person')?.accounts() ?? [])]).toEqual([]);
});
