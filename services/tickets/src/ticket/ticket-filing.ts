import type { About, State } from '../history/ticket-ledger.ts';
import type { TicketRow } from './ticket.schema.ts';
import { digestOf } from './ticket-message.ts';

/** What a filled-in form makes of a ticket, when it is opened and whenever it is classified. */
export interface Filing {
  /** What the history tells. */
  told: About & Pick<State, 'criticality' | 'criticalityRule' | 'immediateAttention' | 'classification'>;
  /** Texts, which stand in the row only, and whether it is the ombudsman’s, which `ticket.access` tells. */
  kept: Pick<TicketRow, 'subject' | 'description' | 'answers' | 'criticalityReason' | 'restricted'>;
  /** Options chosen in the form, in the form's order. */
  optionIds: string[];
}

/** Which rules routing tried, and where it led; staff may read it. */
export interface RoutingTrace {
  /** Ids of the rules that were looked at. */
  tried: string[];
  winner: string;
  /** Null: no group is known that could take it. */
  groupId: string | null;
  /** No rule of its own took it, or that rule's group takes nothing any more. */
  fallback: boolean;
}

/** What events say instead of the texts. */
export const digestsOf = ({ subject, description, answers }: Pick<TicketRow, 'subject' | 'description' | 'answers'>) => ({
  subjectDigest: digestOf(subject),
  descriptionDigest: digestOf(description ?? ''),
  answersDigest: digestOf(JSON.stringify(answers)),
});
