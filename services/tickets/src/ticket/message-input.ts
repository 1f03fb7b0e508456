import { ErrorCode, type Fault, isId, Refused } from '@atende/service';
import { canonicalText, lengthOf } from '../form/form-answer.ts';
import type { AttachmentFact, FormContext } from '../form/form-context.ts';
import { inputFaults } from '../form/form-input.ts';
import { formErrors } from '../form/form-messages.ts';
import type { TicketAction, TicketResolution } from '../lifecycle/ticket-status.ts';
import { filesOf } from '../opening/receipt.ts';
import type { TicketsContext } from '../tickets-context.ts';
import type { Ticket } from './ticket.ts';
import type { Message } from './ticket-message.ts';

const MAX_BODY = 60_000; // characters
const MAX_ARTICLES = 20;

export interface MessageInput {
  clientKey: string;
  ticketId: string;
  body: string;
  attachmentIds?: string[] | null;
  articleIds?: string[] | null;
  resolution?: TicketResolution | null;
  expectedVersion?: number | null;
}

/** The message in its one spelling, with every fault at once. */
export async function checkMessage(
  context: TicketsContext,
  ticket: Ticket,
  input: MessageInput & { id: string; action: TicketAction },
): Promise<Message> {
  const { body, faults } = textOf(input.body, ['body']);
  const { files, faults: fileFaults } = await filesOn(context, ticket, input.attachmentIds ?? []);
  const isSolution = input.action === 'PROPOSE_SOLUTION';
  if (isSolution && !input.resolution) faults.push({ code: ErrorCode.REQUIRED, field: ['resolution'] });
  if (!isSolution && input.resolution) faults.push({ code: ErrorCode.HIDDEN_FIELD, field: ['resolution'] });
  faults.push(...fileFaults, ...articleFaults(input.articleIds ?? []));
  if (faults.length > 0) throw new Refused(...faults.map(({ field = [], ...fault }) => ({ ...fault, field: ['input', ...field] })));
  return { id: input.id, body, attachmentIds: files.map((file) => file.id) };
}

/** A text that must be there, in its one spelling. */
export function readText(raw: string, field: string[]): string {
  const { body, faults } = textOf(raw, field);
  if (faults.length > 0) throw new Refused(...faults);
  return body;
}

function textOf(raw: string, field: string[]): { body: string; faults: Fault[] } {
  const body = canonicalText(raw, false);
  const length = lengthOf(body, MAX_BODY);
  if (body === '') return { body, faults: [{ code: ErrorCode.REQUIRED, field }] };
  return { body, faults: length > MAX_BODY ? [{ code: ErrorCode.TOO_LONG, field, params: { max: MAX_BODY, length } }] : [] };
}

/** The files of a message. What the ticket's form says of files binds those that come later too (domain 2.7). */
async function filesOn(
  { viewer, deps, now, language }: TicketsContext,
  ticket: Ticket,
  receipts: string[],
): Promise<{ files: AttachmentFact[]; faults: Fault[] }> {
  if (receipts.length === 0) return { files: [], faults: [] };
  const claimant = { personId: viewer.personId ?? '', organizationId: ticket.organizationId, ticketId: ticket.id };
  const { files, faults } = await filesOf(deps.verifyReceipt, receipts, claimant, now);
  const version = await deps.library.version(ticket.formId);
  const broken = version ? inputFaults(deps.library.formOf(version), { ...nobody, attachments: files }) : [];
  const ofFiles = broken.filter(({ field }) => field[0] === 'attachmentIds');
  return {
    files,
    faults: [...faults, ...formErrors(ofFiles, language).map(({ code, ...fault }) => ({ code: ErrorCode[code], ...fault }))],
  };
}

const nobody: FormContext = {
  channel: 'PORTAL',
  staff: false,
  organization: null,
  contact: null,
  onBehalfOf: null,
  watchers: [],
  attachments: [],
};

function articleFaults(ids: string[]): Fault[] {
  if (ids.length > MAX_ARTICLES) return [{ code: ErrorCode.TOO_MANY, field: ['articleIds'], params: { max: MAX_ARTICLES } }];
  return ids.flatMap((id, index) => (isId('art', id) ? [] : [{ code: ErrorCode.NOT_FOUND, field: ['articleIds', String(index)] }]));
}
