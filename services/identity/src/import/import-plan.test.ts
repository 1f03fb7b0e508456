import { demoId } from '@atende/service';
import { describe, expect, it } from '@jest/globals';
import { Contact, type ContactDraft } from '../contact/contact.ts';
import { recordingAct } from '../testing/recording-act.ts';
import { contactLines } from './contact-line.ts';
import { contactRows } from './contact-table.ts';
import { planImport } from './import-plan.ts';

const buildContact = (changes: Partial<ContactDraft> = {}): Contact =>
  Contact.invite(recordingAct(), { personId: demoId('per', 'ana'), organizationId: demoId('org', 'ACME01'), name: 'Ana', ...changes });

const outcomesOf = async (csv: string, known: Record<string, Contact> = {}, administrators = 1) =>
  planImport(contactLines(await contactRows(csv)), new Map(Object.entries(known)), administrators).map(({ outcome, faults }) =>
    [outcome, ...faults.map(({ code }) => code)].join(' '),
  );

describe('the plan of an import', () => {
  const ana = buildContact({ administrator: true });
  const bia = buildContact({ administrator: true });
  const davi = buildContact({ phone: '+55 11 5555-0000' });

  it('tells who is new, changed, as before, or refused', async () => {
    const csv = 'email,name,phone\na@x.example,Ana,\nd@x.example,,+55 11 5555-0001\nn@x.example,Novo,\nm@x.example,,\nbad,Z,';
    expect(await outcomesOf(csv, { 'a@x.example': ana, 'd@x.example': davi })).toEqual([
      'UNCHANGED',
      'UPDATED',
      'CREATED',
      'REFUSED REQUIRED',
      'REFUSED NOT_AN_EMAIL',
    ]);
  });

  it('wants nothing of who is no contact and shall be none', async () => {
    expect(await outcomesOf('email,active\nn@x.example,no')).toEqual(['UNCHANGED']);
  });

  it('LAST_ADMINISTRATOR: never takes the last one away, whatever the order of lines', async () => {
    const known = { 'a@x.example': ana, 'b@x.example': bia, 'd@x.example': davi };
    expect(await outcomesOf('email,administrator\na@x.example,no', known, 1)).toEqual(['REFUSED LAST_ADMINISTRATOR']);
    expect(await outcomesOf('email,active\na@x.example,no\nb@x.example,no', known, 2)).toEqual(['UPDATED', 'REFUSED LAST_ADMINISTRATOR']);
    expect(await outcomesOf('email,administrator\na@x.example,no\nd@x.example,yes', known, 1)).toEqual(['UPDATED', 'UPDATED']);
    expect(await outcomesOf('email,name,administrator\na@x.example,,no\nn@x.example,Novo,yes', known, 1)).toEqual(['UPDATED', 'CREATED']);
    expect(await outcomesOf('email,administrator,active\na@x.example,no,\nd@x.example,yes,no', known, 1)).toEqual([
      'REFUSED LAST_ADMINISTRATOR',
      'UPDATED',
    ]);
  });
});
