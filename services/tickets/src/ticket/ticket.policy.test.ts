import { demoId, type Viewer } from '@atende/service';
import { describe, expect, it } from '@jest/globals';
import type { TicketStatus } from '../lifecycle/ticket-status.ts';
import { ana, bruno, carla, elisa, gisele } from '../seed/demo-people.ts';
import { buildTicket } from '../testing/build-ticket.ts';
import { allowedActions, mayFollowUp, standing } from './ticket.policy.ts';

const brunos = (status: TicketStatus, assigneeId: string | null = null) => buildTicket({ status, assigneeId });

describe('what may be done', () => {
  // Requester, another contact who sees it, an analyst, the analyst who has it; by section 5 of the domain.
  const has = carla.analystId;
  it.each<[TicketStatus, string[], string[], string[]]>([
    ['NEW', ['REPLY', 'CANCEL'], ['REPLY'], ['REPLY', 'ADD_NOTE', 'REQUEST_INFORMATION', 'PROPOSE_SOLUTION', 'TAKE', 'CLASSIFY']],
    ['OPEN', ['REPLY', 'CANCEL'], ['REPLY'], ['REPLY', 'ADD_NOTE', 'REQUEST_INFORMATION', 'PROPOSE_SOLUTION', 'TAKE', 'CLASSIFY']],
    ['PENDING', ['REPLY', 'CANCEL'], ['REPLY'], ['REPLY', 'ADD_NOTE', 'REQUEST_INFORMATION', 'TAKE', 'CLASSIFY']],
    ['CUSTOMER_VALIDATION', ['REPLY', 'CANCEL'], ['REPLY'], ['REPLY', 'ADD_NOTE', 'TAKE', 'CLASSIFY']],
    [
      'RESOLVED',
      ['REPLY', 'ACCEPT_SOLUTION', 'REFUSE_SOLUTION'],
      ['REPLY', 'ACCEPT_SOLUTION', 'REFUSE_SOLUTION'],
      ['REPLY', 'ADD_NOTE', 'TAKE', 'CLASSIFY'],
    ],
    ['CLOSED', ['REPLY'], ['REPLY'], ['ADD_NOTE']],
    ['CANCELLED', [], [], ['ADD_NOTE']],
  ])('in %s: its requester %j, another contact %j, an analyst %j', (status, requester, contact, analyst) => {
    expect(allowedActions(bruno, brunos(status))).toEqual(requester);
    expect(allowedActions(ana, brunos(status))).toEqual(contact);
    expect(allowedActions(elisa, brunos(status))).toEqual(analyst);
    expect(allowedActions(carla, brunos(status, has))).toEqual(analyst.filter((action) => action !== 'TAKE'));
  });

  it('nothing, by whom it is no business of', () => {
    for (const status of ['NEW', 'RESOLVED', 'CLOSED'] as const) expect(allowedActions(gisele, brunos(status))).toEqual([]);
  });
});

describe('where somebody stands', () => {
  it('on the client’s side as the contact of the ticket’s own organization, whatever else the person is', () => {
    const [globex] = gisele.contacts;
    const [acme] = bruno.contacts;
    const both = { ...bruno, contacts: [globex, acme] } as Viewer;
    expect(standing(both, brunos('OPEN'))).toEqual({ side: 'CLIENT', actorId: acme?.id });
    expect(standing(both, buildTicket({ organizationId: demoId('org', 'GLBX01') }))).toEqual({ side: 'CLIENT', actorId: globex?.id });
    expect(standing({ ...carla, contacts: bruno.contacts }, brunos('OPEN'))?.side).toBe('CLIENT');
    expect(standing({ ...carla, contacts: gisele.contacts }, brunos('OPEN'))).toEqual({ side: 'SUPPORT', actorId: carla.analystId });
  });

  it('nowhere as somebody else', () => {
    expect(standing(gisele, brunos('OPEN'))).toBeNull();
  });
});

describe('continuing a closed ticket', () => {
  it('takes the right to open in its own organization', () => {
    const [acme] = bruno.contacts;
    const [globex] = gisele.contacts;
    const mute = { ...acme, mayOpen: false };
    expect(mayFollowUp({ ...bruno, contacts: [mute, globex] } as Viewer, brunos('CLOSED'))).toBe(false);
    expect(mayFollowUp(bruno, brunos('CLOSED'))).toBe(true);
    expect(mayFollowUp(bruno, brunos('RESOLVED'))).toBe(false);
  });
});
