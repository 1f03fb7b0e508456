import type { EntityName } from '@mikro-orm/postgresql';
import { ParkedEvent } from './consumer-parked.ts';
import { ConsumerPosition } from './consumer-position.ts';
import { Inbox } from './inbox.ts';
import { Relay } from './relay-row.ts';

/** What every service keeps for its events beside the `event` table itself. The worker's business only. */
export const eventBookkeeping: EntityName[] = [Relay, Inbox, ParkedEvent, ConsumerPosition];
