import { anonymous } from '@atende/service';
import { buildViewer } from '@atende/service/testing';
import { describe, expect, it } from '@jest/globals';
import { mayUpload, seesAttachment, uploaderOnly } from './attachment.policy.ts';
import type { Attachment } from './attachment.ts';
import { accessOfBrunosTicket, ana, bruno, carla, gisele, rita } from './testing/testbed.ts';

const own = { uploaderId: bruno.personId, ticketId: null } as Attachment;
const linked = { ...own, ticketId: 'tkt_1', visibility: 'PUBLIC', access: accessOfBrunosTicket } as unknown as Attachment;
const ofNote = { ...linked, visibility: 'INTERNAL' } as Attachment;
const ofUnknownTicket = { ...linked, access: null } as Attachment;
const people = { bruno, ana, carla, gisele, rita, nobody: anonymous };
const who = (allows: (viewer: typeof bruno) => boolean) => Object.entries(people).flatMap(([name, viewer]) => (allows(viewer) ? name : []));
const see = (file: Attachment) => who((viewer) => seesAttachment.allows(viewer, file));

describe('who sees a file', () => {
  it('its uploader alone, while no ticket has it', () => {
    expect(see(own)).toEqual(['bruno']);
    expect(see({ uploaderId: '', ticketId: null } as Attachment)).toEqual([]);
  });
  it('whoever sees the ticket that has it', () => {
    expect(see(linked)).toEqual(['bruno', 'ana', 'carla']);
  });
  it('staff among them, when it came with an internal note', () => {
    expect(see(ofNote)).toEqual(['carla']);
  });
  it('nobody, not its uploader either, when the ticket is unknown', () => {
    expect(see(ofUnknownTicket)).toEqual([]);
  });
});

it('contacts and staff send files; auditors, strangers and classes of watchers do not', () => {
  expect(who((viewer) => mayUpload.allows(viewer, undefined))).toEqual(['bruno', 'ana', 'carla', 'gisele']);
  expect(mayUpload.allows(buildViewer({ ...ana, kind: 'CLASS', personId: null }), undefined)).toBe(false);
});

it('only the uploader gets the receipt', () => {
  expect(who((viewer) => uploaderOnly.allows(viewer, linked))).toEqual(['bruno']);
});
