import { demoId, newId, type Viewer } from '@atende/service';
import type { TestService } from '@atende/service/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { consumers } from '../consumers.ts';
import { ContactFact } from '../facts.ts';
import type { FieldDraft } from '../form/form.ts';
import { ana, bruno, carla, elisa, gisele } from '../seed/demo-people.ts';
import { seedForms } from '../seed/forms.ts';
import { type Receipts, startReceipts } from '../testing/receipts.ts';
import { clientKey, fillForm, startTickets, testDeps, tryToOpen } from '../testing-tickets.ts';
import { Ticket } from '../ticket/ticket.ts';
import { forgetDrafts } from './draft-forgetting.ts';
import { TicketDraft } from './ticket-draft.ts';

let service: TestService;
let receipts: Receipts;
type Filled = Awaited<ReturnType<typeof fillForm>>;
let support: Filled;
beforeAll(async () => {
  receipts = await startReceipts();
  service = await startTickets({ environment: { FILES_JWKS_URL: receipts.jwksUrl } });
  support = await fillForm(service, bruno, 'technical-support');
}, 60_000);
afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await receipts[Symbol.asyncDispose]();
});
beforeEach(async () => void (await service.worker().nativeDelete(TicketDraft, {})));

const FIELDS = `id version requestType answers { field value } watchers requestedPriority
  context { organizationId onBehalfOf { organizationId contactId } channel watchers attachmentIds }
  form { id version } attachments { id } dropped { field label value displayValue }
  evaluation { errors { code field message } fields { key value displayValue } }`;
interface Draft {
  id: string;
  version: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts on the shape it asked for
  [field: string]: any;
}
interface Saved {
  draft: Draft | null;
  faults: string[];
  failed: string | undefined;
}

async function save(viewer: Viewer, input: object): Promise<Saved> {
  const { data, errors } = await service.ask(
    viewer,
    `mutation ($input: SaveDraftInput!) { saveDraft(input: $input) { draft { ${FIELDS} } errors { code field message } } }`,
    { input: { ...support, ...input } },
  );
  const faults = (data?.saveDraft?.errors ?? []).map(({ code, field }: { code: string; field: string[] }) => `${code} ${field.join('.')}`);
  return { draft: data?.saveDraft?.draft ?? null, faults, failed: errors?.[0]?.extensions.code };
}
async function begin(viewer: Viewer, input: object = {}): Promise<Draft> {
  const saved = await save(viewer, { clientKey: clientKey(), ...input });
  if (!saved.draft) throw new Error(JSON.stringify(saved));
  return saved.draft;
}
/** Publishes the form of a request type with other fields in its first step. */
async function publish(requestType: string, change: (fields: FieldDraft[]) => object[]): Promise<string> {
  const old = seedForms.find((form) => form.requestType === requestType)?.form;
  if (!old) throw new Error(`there is no form of ${requestType}`);
  const [first, ...others] = old.steps;
  const definition = JSON.stringify({ ...old, steps: [{ ...first, fields: change(first?.fields ?? []) }, ...others] });
  const edit = async (mutation: string, kind: string, input: object): Promise<{ id: string; revision: number }> => {
    const fields = 'formVersion { id revision defects { path message } } errors { code field }';
    const { data } = await service.ask(elisa, `mutation ($input: ${kind}!) { ${mutation}(input: $input) { ${fields} } }`, { input });
    if (!data[mutation].formVersion) throw new Error(JSON.stringify(data));
    return data[mutation].formVersion;
  };
  const { id, revision } = await edit('saveFormDraft', 'SaveFormDraftInput', { clientKey: clientKey(), requestType, definition });
  return (await edit('publishForm', 'FormVersionInput', { formId: id, expectedVersion: revision })).id;
}
const read = async (viewer: Viewer, id: string): Promise<Draft | null> =>
  (await service.ask(viewer, `query ($id: ID!) { draft(id: $id) { ${FIELDS} } }`, { id })).data.draft;
const discard = (viewer: Viewer, input: object) =>
  service.ask(viewer, 'mutation ($input: DiscardDraftInput!) { discardDraft(input: $input) { draftId errors { code } } }', { input });
const stored = (): Promise<number> => service.worker().count(TicketDraft);
const codesOf = (draft: Draft | null): string[] =>
  draft?.evaluation.errors.map(({ code, field }: { code: string; field: string[] }) => `${code} ${field.join('.')}`);

describe('a draft', () => {
  it('keeps what is wrong as it was typed, every character of it, and says what is wrong', async () => {
    const answers = [
      { field: 'subject', value: '  Erro\u0000 \ud800 ao emitir  ' },
      { field: 'macroSegment', value: demoId('opt', 'nowhere') },
      { field: 'nowhere', value: 7 },
      { field: 'description', value: 'x'.repeat(61_000) },
    ];
    const { id } = await begin(bruno, { answers, context: { watchers: ['no address'] }, requestedPriority: 'HIGH' });
    const draft = await read(bruno, id);
    expect(draft).toMatchObject({
      answers,
      watchers: ['no address'],
      requestedPriority: 'HIGH',
      requestType: 'technical-support',
      version: 1,
    });
    expect(codesOf(draft)).toEqual(
      expect.arrayContaining([
        'NOT_AN_OPTION answers.macroSegment',
        'UNKNOWN_FIELD answers.nowhere',
        'TOO_LONG answers.description',
        'NOT_AN_EMAIL watchers.0',
      ]),
    );
    expect(draft?.evaluation.fields).toContainEqual({
      key: 'subject',
      value: 'Erro \ufffd ao emitir',
      displayValue: 'Erro \ufffd ao emitir',
    });
  });

  it('is one per client key, and a repeat after later saves gives it as it is now', async () => {
    const input = { clientKey: clientKey() };
    const [one, other] = await Promise.all([save(bruno, input), save(bruno, input)]);
    expect(one.draft?.id).toBe(other.draft?.id);
    await save(bruno, { draftId: one.draft?.id, expectedVersion: 1, answers: [] });
    expect((await save(bruno, input)).draft).toMatchObject({ id: one.draft?.id, version: 2, answers: [] });
    expect((await save(bruno, { ...input, answers: [] })).failed).toBe('CONFLICT');
    expect((await save(ana, input)).draft?.id).not.toBe(one.draft?.id);
    expect(await stored()).toBe(2);
  });

  it('that two devices save at once is the first one’s, whole; the second is told, and repeats change nothing', async () => {
    const { id } = await begin(bruno);
    const on = (subject: string) => save(bruno, { draftId: id, expectedVersion: 1, answers: [{ field: 'subject', value: subject }] });
    const saved = await Promise.all([on('do celular'), on('do computador')]);
    expect(saved.map(({ failed }) => failed).sort()).toEqual(['CONFLICT', undefined]);
    const first = saved.find(({ draft }) => draft)?.draft;
    expect(await read(bruno, id)).toMatchObject({ version: 2, answers: first?.answers });
    expect((await on(first?.answers[0].value)).draft?.version).toBe(2); // its answer was lost on the way
  });

  it('is refused only for what is too much, all of it at once', async () => {
    const big = { field: 'description', value: 'x'.repeat(263_000) };
    const { faults, failed } = await save(bruno, {
      clientKey: clientKey(),
      formId: demoId('frm', 'nowhere'),
      answers: [big, ...Array.from({ length: 200 }, (_, index) => ({ field: `f${index}`, value: index }))],
      context: { watchers: Array.from({ length: 101 }, () => 'x'), attachmentIds: Array.from({ length: 101 }, () => 'x') },
    });
    expect(failed).toBeUndefined();
    expect(faults).toEqual([
      'TOO_MANY input.answers',
      'TOO_MANY input.context.watchers',
      'TOO_MANY input.context.attachmentIds',
      'TOO_LONG input',
      'NOT_FOUND input.formId',
    ]);
    expect((await save(bruno, {})).faults).toEqual(['REQUIRED input.clientKey']);
    const { id } = await begin(bruno);
    expect((await save(bruno, { draftId: id })).faults).toEqual(['REQUIRED input.expectedVersion']);
    const cst = await fillForm(service, bruno, 'relationship.cst');
    expect((await save(bruno, { draftId: id, expectedVersion: 1, formId: cst.formId })).faults).toEqual(['NOT_FOUND input.formId']);
    await service
      .worker()
      .execute(
        `insert into ticket_draft select 'drf_' || n, person_id, 1, request_type, content, null, now(), now() from ticket_draft, generate_series(1, 49) as n`,
      );
    expect((await save(bruno, { clientKey: clientKey() })).faults).toEqual(['TOO_MANY input']);
    await begin(ana);
  });

  it('is looked at anew after every save, twice in one request too', async () => {
    const { id } = await begin(bruno);
    const saved = 'draft { version answers { field } evaluation { errors { code } } }';
    const { data } = await service.ask(
      bruno,
      `mutation ($wrong: SaveDraftInput!, $right: SaveDraftInput!) {
        wrong: saveDraft(input: $wrong) { ${saved} } right: saveDraft(input: $right) { ${saved} } }`,
      {
        wrong: { ...support, draftId: id, expectedVersion: 1, answers: [{ field: 'nowhere', value: 'x' }] },
        right: { ...support, draftId: id, expectedVersion: 2 },
      },
    );
    expect(data.wrong.draft).toMatchObject({ version: 2, answers: [{ field: 'nowhere' }] });
    expect(data.right.draft).toEqual({
      ...{ version: 3, evaluation: { errors: [] } },
      answers: support.answers.map(({ field }) => ({ field })),
    });
  });

  it('is its person’s alone: for anybody else the same bytes as one that never was', async () => {
    const { id } = await begin(bruno);
    for (const viewer of [ana, gisele, carla]) {
      const strangers = await Promise.all(
        [id, newId('drf'), 'x'].map(async (draftId) => [
          await service.ask(viewer, 'query ($id: ID!) { draft(id: $id) { id } drafts { id } }', { id: draftId }),
          await save(viewer, { draftId, expectedVersion: 1 }),
          await discard(viewer, { draftId }),
          await tryToOpen(service, viewer, { ...support, draftId }),
        ]),
      );
      expect(strangers[0]).toEqual(strangers[1]);
      expect(strangers[0]).toEqual(strangers[2]);
      expect(strangers[0]?.[0]).toEqual({ data: { draft: null, drafts: [] } });
    }
    expect(await stored()).toBe(1);
    const own = await service.ask(bruno, '{ drafts { id evaluation { errors { code } } } }');
    expect(own.data.drafts).toEqual([{ id, evaluation: { errors: [] } }]);
    const auditor: Viewer = { ...bruno, contacts: [], roles: ['AUDITOR'] };
    expect((await save(auditor, { clientKey: clientKey() })).failed).toBe('FORBIDDEN');
  });

  it('of staff is in a client’s name, under the rules of the client’s organization', async () => {
    const onBehalfOf = { organizationId: bruno.contacts[0]?.organizationId, contactId: bruno.contacts[0]?.id };
    expect(codesOf(await begin(carla))).toContain('REQUIRED onBehalfOf');
    const draft = await begin(carla, { context: { onBehalfOf, channel: 'PHONE' } });
    expect(codesOf(draft)).toEqual([]);
    expect(draft.context).toMatchObject({ onBehalfOf, channel: 'PHONE' });
  });

  it('stays when its person may not open any more, and says why it cannot be opened', async () => {
    const { id } = await begin(bruno);
    const mute = { ...bruno, contacts: bruno.contacts.map((contact) => ({ ...contact, mayOpen: false })) };
    expect(codesOf(await read(mute, id))).toEqual(['NOT_ALLOWED_TO_OPEN ']);
    const elsewhere = await begin(bruno, { context: { organizationId: demoId('org', 'GLBX01') } });
    expect(codesOf(elsewhere)).toContain('NOT_FOUND organizationId');
    const named = { organizationId: bruno.contacts[0]?.organizationId, contactId: bruno.contacts[0]?.id };
    const staffs = await begin(carla, { context: { onBehalfOf: named } });
    await service.worker().nativeUpdate(ContactFact, { id: named.contactId ?? '' }, { active: false });
    expect(codesOf(await read(carla, staffs.id))).toContain('NOT_FOUND onBehalfOf');
    await service.worker().nativeUpdate(ContactFact, { id: named.contactId ?? '' }, { active: true });
  });
});

describe('the end of a draft', () => {
  it('is the opening, in one transaction: refused, it is kept; repeated, it answers the same ticket', async () => {
    const { id } = await begin(bruno);
    expect((await tryToOpen(service, bruno, { ...support, answers: [], draftId: id })).errors).not.toEqual([]);
    expect(await stored()).toBe(1);
    const input = { ...support, clientKey: clientKey(), draftId: id };
    const opened = await tryToOpen(service, bruno, input);
    expect([opened.errors, await stored()]).toEqual([[], 0]);
    expect((await tryToOpen(service, bruno, input)).ticket).toEqual(opened.ticket);
    expect(await read(bruno, id)).toBeNull();
    expect((await save(bruno, { draftId: id, expectedVersion: 1 })).failed).toBe('NOT_FOUND');
  });

  it('makes one ticket of one draft, whoever of two devices is first', async () => {
    const { id } = await begin(bruno);
    const before = await service.worker().count(Ticket);
    const opened = await Promise.all([1, 2].map(() => tryToOpen(service, bruno, { ...support, draftId: id })));
    expect(opened.flatMap(({ errors }) => errors.map(({ code, field }) => `${code} ${field.join('.')}`))).toEqual([
      'NOT_FOUND input.draftId',
    ]);
    expect(await service.worker().count(Ticket)).toBe(before + 1);
  });

  it('is never the opening of another form', async () => {
    const { id } = await begin(bruno);
    const cst = await fillForm(service, bruno, 'relationship.cst');
    expect((await tryToOpen(service, bruno, { ...cst, draftId: id })).errors).toMatchObject([
      { code: 'NOT_FOUND', field: ['input', 'draftId'] },
    ]);
    expect(await stored()).toBe(1);
  });

  it('comes when it is discarded, unless it was saved elsewhere since it was seen', async () => {
    const { id } = await begin(bruno);
    await save(bruno, { draftId: id, expectedVersion: 1, answers: [] });
    expect((await discard(bruno, { draftId: id, expectedVersion: 1 })).errors?.[0]?.extensions.code).toBe('CONFLICT');
    expect((await discard(bruno, { draftId: id, expectedVersion: 2 })).data.discardDraft).toEqual({ draftId: id, errors: [] });
    expect(await stored()).toBe(0);
  });

  it('comes when nobody went on with it for as long as the setting says', async () => {
    await begin(bruno);
    const forget = () => forgetDrafts.run({ em: service.worker(), clock: service.clock, log: null as never, deps: testDeps(service) });
    service.clock.advance(30 * 86_400_000 - 1);
    await forget();
    expect(await stored()).toBe(1);
    service.clock.advance(2);
    await forget();
    expect(await stored()).toBe(0);
  });

  it('comes when its person is anonymised, or the one in whose name staff typed it', async () => {
    const onBehalfOf = { organizationId: bruno.contacts[0]?.organizationId, contactId: bruno.contacts[0]?.id };
    await begin(bruno);
    await begin(carla, { context: { onBehalfOf } });
    const others = [await begin(ana), await begin(carla)].map(({ id }) => id);
    const [consumer] = consumers.filter(({ event }) => event.type === 'person.anonymised');
    const data = { contactIds: [onBehalfOf.contactId], analystId: null, reason: 'REQUESTED_BY_PERSON' };
    await service.worker().transactional(async (em) => {
      await consumer?.handle({ aggregate: bruno.personId, data } as never, { em, now: service.clock.now(), log: null as never });
    });
    const left = await service.worker().find(TicketDraft, {});
    expect(left.map(({ id }) => id).sort()).toEqual(others.sort());
  });
});

describe('the files of a draft', () => {
  it('cost only its evaluation while they cannot be checked', async () => {
    receipts.away = true;
    const input = { ...support, clientKey: clientKey(), context: { attachmentIds: [await receipts.sign({}, service.clock.now())] } };
    const { data, errors } = await service.ask(
      bruno,
      'mutation ($input: SaveDraftInput!) { saveDraft(input: $input) { draft { answers { field } form { id } evaluation { errors { code } } } } }',
      { input },
    );
    receipts.away = false;
    expect(data.saveDraft.draft).toMatchObject({ evaluation: null, form: { id: support.formId } });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['DEPENDENCY_UNAVAILABLE']);
  });

  it('come back with it, and are told when their receipt is good no more', async () => {
    const file = { attachmentId: demoId('att', 'a'), personId: bruno.personId, organizations: [demoId('org', 'ACME01')] };
    const receipt = await receipts.sign(file, service.clock.now());
    const { id, ...draft } = await begin(bruno, { context: { attachmentIds: [receipt, 'no receipt'] } });
    expect(draft).toMatchObject({ attachments: [{ id: file.attachmentId }], context: { attachmentIds: [receipt, 'no receipt'] } });
    expect(codesOf(draft as Draft)).toEqual(['RECEIPT_INVALID attachmentIds.1']);
    service.clock.advance(86_400_000);
    expect(codesOf(await read(bruno, id))).toEqual(['RECEIPT_INVALID attachmentIds.0', 'RECEIPT_INVALID attachmentIds.1']);
  });
});

describe('a newer version of the form', () => {
  it('takes over what still fits, names the rest in its old words, and loses nothing until the next save', async () => {
    const { formId } = await fillForm(service, bruno, 'relationship.cst');
    const brazil = demoId('opt', 'country:BR');
    const answers = [
      { field: 'originCountry', value: brazil },
      { field: 'subject', value: 'Agendamento de visita' },
      { field: 'summary', value: 'Resumo digitado' },
      { field: 'nowhere', value: 'x' },
    ];
    const { id } = await begin(bruno, { formId, answers });
    const newer = await publish('relationship.cst', (fields) => [
      { ...fields.find(({ key }) => key === 'originCountry'), fixed: [{ value: 'country:PT' }] },
      { ...fields.find(({ key }) => key === 'subject'), maxLength: 5 },
      ...fields.filter(({ key }) => !['originCountry', 'subject', 'summary'].includes(key)),
    ]);
    for (let look = 0; look < 2; look++) {
      const draft = await read(bruno, id);
      expect(draft).toMatchObject({ version: 1, form: { id: newer, version: 2 }, answers: [answers[1], answers[3]] });
      expect(draft?.dropped).toEqual([
        { field: 'originCountry', label: 'País de procedência', value: brazil, displayValue: 'Brasil' },
        { field: 'summary', label: 'Resumo', value: 'Resumo digitado', displayValue: 'Resumo digitado' },
      ]);
      // What can be mended where it stands, or was wrong before, stays and is reported.
      expect(codesOf(draft)).toEqual(expect.arrayContaining(['TOO_LONG answers.subject', 'UNKNOWN_FIELD answers.nowhere']));
    }
    const saved = await save(bruno, { draftId: id, expectedVersion: 1, formId: newer, answers: answers.slice(1, 2) });
    expect(saved.draft).toMatchObject({ version: 2, dropped: [], answers: answers.slice(1, 2) });
    // A device that has not heard of it yet still saves into the old one.
    expect((await save(bruno, { draftId: id, expectedVersion: 2, formId, answers })).draft?.dropped).toHaveLength(2);
  });
});
