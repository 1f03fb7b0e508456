import type { Context } from '@atende/service';
import type { FormLibrary } from './form-library.ts';
import type { VerifyReceipt } from './receipt.ts';

/** What the tickets service wires for its resolvers. */
export interface TicketsDeps {
  library: FormLibrary;
  verifyReceipt: VerifyReceipt;
}
export type TicketsContext = Context<TicketsDeps>;
