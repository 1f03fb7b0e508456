import { policy, type Viewer } from '@atende/service';
import { isSupervisor } from '../rights.ts';
import type { Analyst } from './analyst.ts';
import type { Group } from './group.ts';

/** Supervisors keep the groups, save the ombudsman's: nobody but its members says who is in it. */
export const keepsGroup = policy('keepsGroup', (viewer: Viewer, group: Pick<Group, 'id' | 'kind'>) =>
  group.kind === 'OMBUDSMAN' ? viewer.groups.includes(group.id) : isSupervisor(viewer),
);

/** Says whether somebody takes new tickets: oneself, and supervisors. */
export const setsAvailability = policy(
  'setsAvailability',
  (viewer: Viewer, analyst: Pick<Analyst, 'id'>) => viewer.analystId === analyst.id || isSupervisor(viewer),
);
