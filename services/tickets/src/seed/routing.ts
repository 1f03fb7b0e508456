import type { RoutingRule } from '../opening/routing.ts';

/** Routing of a new installation (ours; editable later): the last rule is the fallback. */
export const seedRouting: RoutingRule[] = [
  { id: 'bso-directed', when: { directToBso: true }, group: 'bso-ams' },
  { id: 'ombudsman', when: { requestType: ['relationship.ombudsman'] }, group: 'ombudsman' },
  { id: 'service-centre', when: { requestType: ['relationship.cst'] }, group: 'cst' },
  { id: 'cloud', when: { requestType: ['value-added.cloud', 'value-added.datacenter'] }, group: 'cloud' },
  { id: 'infra', when: { requestType: ['value-added.infra', 'value-added.rmo'] }, group: 'infra' },
  { id: 'bpo', when: { requestType: ['value-added.bpo-hr'] }, group: 'bpo' },
  { id: 'fallback', when: {}, group: 'n1-software' },
];
