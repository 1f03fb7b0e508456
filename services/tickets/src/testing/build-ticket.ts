import { demoId } from '@atende/service';
import { firstDay } from '../opening/ticket-birth.ts';
import type { TicketRow } from '../ticket/ticket.schema.ts';
import { Ticket } from '../ticket/ticket.ts';
import type { Filing, RoutingTrace } from '../ticket/ticket-filing.ts';
import type { Message } from '../ticket/ticket-message.ts';

export const BORN = new Date('2026-03-01T12:00:00Z');

/** A ticket that nobody stored; everything may be overridden. */
export const buildTicket = (changes: Partial<TicketRow> = {}): Ticket =>
  Object.assign(new Ticket(), {
    ...firstDay(BORN),
    ...{
      id: demoId('tkt', 'built'),
      number: '100001',
      organizationId: demoId('org', 'ACME01'),
      requesterId: demoId('con', 'bruno@acme.example'),
    },
    ...{
      openedById: demoId('con', 'bruno@acme.example'),
      restricted: false,
      analystIds: [],
      watchers: [],
      requestType: 'technical-support',
    },
    ...{
      formId: demoId('frm', 'technical-support@1'),
      channel: 'PORTAL',
      subject: 'Erro',
      description: null,
      answers: [],
      followUpOfId: null,
    },
    ...{
      productId: null,
      moduleId: null,
      environmentId: null,
      requestedPriority: null,
      routing: null,
      groupId: demoId('grp', 'n1-software'),
    },
    ...{
      severity: 'MEDIUM',
      priority: 'NORMAL',
      criticality: 'MEDIUM',
      criticalityEdition: 1,
      criticalityRule: 'rest',
      criticalityReason: null,
      immediateAttention: null,
    },
    ...changes,
  } as TicketRow);

let messages = 0;
export const buildMessage = (changes: Partial<Message> = {}): Message => ({
  id: demoId('cmt', `built-${++messages}`),
  body: 'Olá',
  attachmentIds: [],
  ...changes,
});

/** What a form of another request type makes of a ticket. */
export const buildFiling = ({ told, kept }: { told?: Partial<Filing['told']>; kept?: Partial<Filing['kept']> } = {}): Filing => ({
  told: {
    ...{ formId: demoId('frm', 'software.rm@1'), requestType: 'software.rm', productId: demoId('opt', 'rm'), moduleId: null },
    ...{
      environmentId: null,
      criticality: 'HIGH',
      criticalityEdition: 3,
      criticalityRule: 'blocked',
      immediateAttention: null,
      classification: 'COMPLETE',
    },
    ...told,
  },
  kept: { subject: 'Nota parada', description: 'Não transmite.', answers: [], criticalityReason: null, restricted: false, ...kept },
  optionIds: [],
});

export const buildTrace = (changes: Partial<RoutingTrace> = {}): RoutingTrace => ({
  ...{ tried: ['cloud', 'fallback'], winner: 'cloud', groupId: demoId('grp', 'cloud'), fallback: false },
  ...changes,
});
