import { defineEvent } from '@atende/events';
import { defineEntity, type EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { ErrorCode, Refused } from '../errors.ts';
import { recordEvent } from '../event.ts';
import { sqlIsWorker, sqlSetting } from '../viewer.ts';

// The smallest service that has something of everything: boxes of an organization, toys in a box.

export const BoxPacked = defineEvent('box.packed', {
  version: 1,
  service: 'toys',
  describes: 'A box was packed or packed again.',
  data: { toys: z.number() },
});

const itsOrganizations = `organization_id = any(${sqlSetting('organizations')})`;

const BoxSchema = defineEntity({
  name: 'Box',
  tableName: 'box',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'own', using: itsOrganizations },
    { name: 'worker', using: sqlIsWorker },
  ],
  properties: (p) => ({
    id: p.text().primary(),
    organizationId: p.text(),
    label: p.text(),
    /** Only its organization's administrators may know. */
    hiddenIn: p.text(),
    open: p.boolean(),
    version: p.integer(),
  }),
});
export class Box extends BoxSchema.class {
  /** Packs it again: one event per version. */
  relabel(em: EntityManager, { viewer, now, requestId, traceparent }: Relabelling, label: string): void {
    if (label === '') throw new Refused({ code: ErrorCode.REQUIRED, field: ['input', 'label'] });
    this.label = label;
    this.version += 1;
    recordEvent(em, BoxPacked, {
      aggregate: this.id,
      version: this.version,
      data: { toys: 0 },
      actor: viewer.personId,
      audience: 'PUBLIC',
      at: now,
      requestId,
      traceparent,
    });
  }
}

type Relabelling = Pick<Context, 'viewer' | 'now' | 'requestId' | 'traceparent'>;
BoxSchema.setClass(Box);

const ToySchema = defineEntity({
  name: 'Toy',
  tableName: 'toy',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'in_a_box', using: 'exists (select 1 from box where box.id = box_id)' },
    { name: 'worker', using: sqlIsWorker },
  ],
  properties: (p) => ({ id: p.text().primary(), boxId: p.text(), name: p.text(), broken: p.boolean() }),
});
export class Toy extends ToySchema.class {}
ToySchema.setClass(Toy);
