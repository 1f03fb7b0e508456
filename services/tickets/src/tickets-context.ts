import type { Context } from '@atende/service';
import type { FormLibrary } from './form/form-library.ts';
import type { VerifyReceipt } from './opening/receipt.ts';

/** What the tickets service wires for its resolvers. */
export interface TicketsDeps {
  library: FormLibrary;
  verifyReceipt: VerifyReceipt;
  /** How long a draft is kept after it was last saved, in ms. */
  draftRetention: number;
}
export type TicketsContext = Context<TicketsDeps>;
