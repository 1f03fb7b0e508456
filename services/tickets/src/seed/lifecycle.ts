import type { LifecycleRule } from '../lifecycle/lifecycle-policy.ts';

/** How long tickets of a new installation wait (domain 5.1–5.3); the reminder is ours. */
export const seedLifecycle: LifecycleRule[] = [
  { id: 'usual', when: {}, pending: 'P7D', customerValidation: 'P5D', resolved: 'P5D', reminder: 'P1D' },
];
