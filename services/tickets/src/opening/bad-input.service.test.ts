import { demoId, type Viewer } from '@atende/service';
import type { TestService } from '@atende/service/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CatalogueRow } from '../catalogue/catalogue-entry.ts';
import { option } from '../form/form-testing.ts';
import { FormVersion } from '../form/form-version.ts';
import { ana, elisa, gisele } from '../seed/demo-people.ts';
import { alone, type Input, type Item, items, PRODUCT, REQUEST_TYPE, type World } from '../testing/bad-input.ts';
import { type Receipts, startReceipts } from '../testing/receipts.ts';
import { clientKey, type Fault, fillForm, startTickets, tryToOpen } from '../testing-tickets.ts';
import { Ticket } from '../ticket/ticket.ts';

const DAY = 86_400_000; // ms

/** A contact of two organizations, of which ACME is entitled and Globex is not. */
const both: Viewer = { ...ana, contacts: [...ana.contacts, ...gisele.contacts] };

let service: TestService;
let receipts: Receipts;
let right: Input;
let world: World;
beforeAll(async () => {
  receipts = await startReceipts();
  service = await startTickets({ environment: { FILES_JWKS_URL: receipts.jwksUrl } });
  const em = service.worker();
  const now = service.clock.now();
  const published = await em.findOneOrFail(FormVersion, { requestType: REQUEST_TYPE });
  em.create(FormVersion, {
    ...published,
    id: demoId('frm', 'old'),
    version: 8,
    status: 'SUPERSEDED',
    supersededAt: new Date(now.getTime() - DAY),
  });
  await em.nativeUpdate(CatalogueRow, { path: 'country:PT' }, { retired: true });
  await em.flush();
  const drafting = 'mutation ($input: SaveFormDraftInput!) { saveFormDraft(input: $input) { formVersion { id } } }';
  const { data } = await service.ask(elisa, drafting, { input: { clientKey: clientKey(), requestType: REQUEST_TYPE } });
  const unpublished = data.saveFormDraft.formVersion.id;
  const context = { organizationId: demoId('org', 'ACME01') };
  const effect = option(`${PRODUCT}/effect:SLOWNESS`);
  right = { ...(await fillForm(service, both, REQUEST_TYPE, { effect }, context)), ...context, attachmentIds: [] };
  const sign = (name: string, personId: string | null, extension: string) =>
    receipts.sign({ attachmentId: demoId('att', name), personId: personId ?? '', extension }, now);
  world = { text: await sign('text', both.personId, 'txt'), foreign: await sign('foreign', gisele.personId, 'zip'), unpublished };
}, 60_000);
afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await receipts[Symbol.asyncDispose]();
});

const languages = ['pt-BR', 'en', 'es'];
const inShort = ({ code, field, message }: Fault): string => `${code} ${field.join('.')} ${message}`;
const expected = ({ code, field, says }: Item, language: number): string => `${code} input.${field} ${says[language]}`;
/** Faults of an input in every language, and whether a ticket came of it. */
const faultsOf = (input: Input, viewer: Viewer = both): Promise<string[][]> =>
  Promise.all(
    languages.map(async (language) => {
      const { ticket, errors, failed } = await tryToOpen(service, viewer, input, { 'accept-language': language });
      expect([ticket, failed]).toEqual([null, undefined]);
      return errors.map(inShort);
    }),
  );

describe('bad input', () => {
  it.each([...items, ...alone])('$what is told by code, field and sentence in three languages, and nothing else is', async (item) => {
    expect(await faultsOf(item.spoil(right, world), item.as)).toEqual(languages.map((_, language) => [expected(item, language)]));
  });

  it('of every sort at once is told at once, each in its place; the draft is kept as it was', async () => {
    const wrong = items.reduce((input, { spoil }) => spoil(input, world), right);
    const { organizationId, attachmentIds, ...typed } = wrong;
    const { data } = await service.ask(
      both,
      'mutation ($input: SaveDraftInput!) { saveDraft(input: $input) { draft { id version } errors { code } } }',
      { input: { clientKey: clientKey(), ...typed, context: { organizationId, attachmentIds } } },
    );
    expect(data.saveDraft.errors).toEqual([]);
    const { id: draftId } = data.saveDraft.draft;
    const tickets = await service.worker().count(Ticket);
    const places = items.map((item) => (item.code === 'FILE_REFUSED' ? { ...item, field: 'attachmentIds.1' } : item));
    expect((await faultsOf({ ...wrong, draftId })).map((told) => told.sort())).toEqual(
      languages.map((_, language) => places.map((item) => expected(item, language)).sort()),
    );
    expect(await service.worker().count(Ticket)).toBe(tickets);
    const kept = await service.ask(both, 'query ($id: ID!) { draft(id: $id) { answers { field value } version } }', { id: draftId });
    expect(kept.data.draft).toEqual({ answers: typed.answers, version: data.saveDraft.draft.version });
  });
});
