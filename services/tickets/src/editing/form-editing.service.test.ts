import { demoId, type EventRow, type Viewer } from '@atende/service';
import { startTestService, type TestService } from '@atende/service/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FieldDraft, FormDraft } from '../form/form.ts';
import { buildDraft, buildField, option } from '../form/form-testing.ts';
import { text } from '../form/form-text.ts';
import { TicketEventRow } from '../history/ticket-event.ts';
import { bruno, carla, elisa, otavio } from '../seed/demo-people.ts';
import { tickets } from '../service.ts';
import { clientKey, fillForm, open, startTickets, testDeps, tryToOpen } from '../testing-tickets.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTickets();
}, 60_000);
afterAll(() => service[Symbol.asyncDispose]());

const environment = { FILES_JWKS_URL: 'http://127.0.0.1:1/jwks.json' };
const VERSION = 'id requestType version status revision savedAt definition author { id } defects { rule path message }';
interface Version {
  id: string;
  version: number;
  status: string;
  revision: number;
  definition: string;
  defects: { rule: string; path: string[]; message: string }[];
}
interface Answered {
  formVersion: Version | null;
  errors: { code: string; field: string[]; message: string }[];
  failed?: string;
}

async function change(mutation: string, input: object, viewer: Viewer = elisa, language = 'en'): Promise<Answered> {
  const type = mutation === 'saveFormDraft' ? 'SaveFormDraftInput' : 'FormVersionInput';
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { formVersion { ${VERSION} } errors { code field message } } }`;
  const answer = await service.ask(viewer, query, { input }, { 'accept-language': language });
  return { formVersion: null, errors: [], ...answer.data?.[mutation], failed: answer.errors?.[0]?.extensions.code };
}
async function begin(requestType: string, input: object = {}): Promise<Version> {
  const { formVersion, ...refusal } = await change('saveFormDraft', { clientKey: clientKey(), requestType, ...input });
  if (!formVersion) throw new Error(JSON.stringify(refusal));
  return formVersion;
}
const save = (draft: Version, definition: string, language?: string): Promise<Answered> =>
  change('saveFormDraft', { formId: draft.id, expectedVersion: draft.revision, definition }, elisa, language);
const publish = ({ id: formId, revision: expectedVersion }: Version, viewer?: Viewer, language?: string): Promise<Answered> =>
  change('publishForm', { formId, expectedVersion }, viewer, language);
const read = async (viewer: Viewer, query: string, variables = {}) => (await service.ask(viewer, query, variables)).data;
const versionsOf = async (type: string, viewer: Viewer = elisa): Promise<Version[]> =>
  (await read(viewer, 'query ($type: String!) { formVersions(requestType: $type) { version status } }', { type })).formVersions;
const drawn = (viewer: Viewer, type: string, version?: number) =>
  read(
    viewer,
    'query ($type: String!, $version: Int) { requestForm(requestType: $type, version: $version) { id version steps { fields { key } } } }',
    {
      ...{ type, version },
    },
  );
const keysOf = ({ steps }: { steps: { fields: { key: string }[] }[] }) => steps.flatMap(({ fields }) => fields.map(({ key }) => key));
const eventsOf = (aggregate: string): Promise<EventRow[]> =>
  service.worker().find(TicketEventRow, { aggregate }, { orderBy: { version: 'asc' } });

/** A definition with a field more on its first step. */
function withField(definition: string, field: FieldDraft): string {
  const form = JSON.parse(definition) as FormDraft;
  form.steps[0]?.fields.push(field);
  return JSON.stringify(form);
}
const release = buildField({ key: 'release', label: text('Release', 'Release', 'Release') });
const allNew = (requestType: string): string => {
  const form = buildDraft([], { requestType, serviceArea: 'RELATIONSHIP' });
  for (const field of form.steps[0]?.fields ?? []) Object.assign(field, { required: true, maxLength: 255 });
  return JSON.stringify(form);
};

describe('a draft', () => {
  it('begins as the version in use, once per key, and is nobody’s but supervisors’', async () => {
    const key = clientKey();
    const [draft, again] = [await begin('relationship.cst', { clientKey: key }), await begin('relationship.cst', { clientKey: key })];
    expect(again).toEqual(draft);
    expect(draft).toMatchObject({ version: 2, status: 'DRAFT', revision: 1, defects: [], author: { id: elisa.analystId } });
    expect(JSON.parse(draft.definition).requestType).toBe('relationship.cst');
    expect((await change('saveFormDraft', { clientKey: clientKey(), requestType: 'relationship.cst' })).failed).toBe('CONFLICT');
    expect((await versionsOf('relationship.cst')).map(({ status }) => status)).toEqual(['DRAFT', 'PUBLISHED']);
    for (const viewer of [bruno, carla, otavio]) {
      expect((await versionsOf('relationship.cst', viewer)).map(({ status }) => status)).toEqual(['PUBLISHED']);
      expect((await change('saveFormDraft', { formId: draft.id }, viewer)).failed).toBe('FORBIDDEN');
      expect(await drawn(viewer, 'relationship.cst', 2)).toEqual({ requestForm: null });
    }
    expect(await change('discardFormDraft', { formId: draft.id })).toMatchObject({ formVersion: null, errors: [] });
    expect((await eventsOf(draft.id)).map(({ type, version, actor }) => [type, version, actor])).toEqual([
      ['form.drafted', 1, elisa.analystId],
      ['form.discarded', 2, elisa.analystId],
    ]);
  });

  it('is absent by every path that takes a form’s id', async () => {
    const { id } = await begin('relationship.cst');
    const ask = async (formId: string): Promise<string> => {
      const queries = [
        'query ($formId: ID!) { evaluateForm(formId: $formId, answers: []) { errors { code } } }',
        'query ($formId: ID!) { fieldOptions(formId: $formId, field: "originCountry", first: 1) { edges { cursor } } }',
      ];
      const asked = await Promise.all(queries.map((query) => service.ask(bruno, query, { formId })));
      return JSON.stringify([...asked, await tryToOpen(service, bruno, { formId, answers: [] })]);
    };
    expect(await ask(id)).toBe(await ask(demoId('frm', 'never')));
    expect(await ask(id)).toContain('NOT_FOUND');
    await change('discardFormDraft', { formId: id });
  });

  it('is not seen even where the database alone decides', async () => {
    const { id } = await begin('relationship.cst');
    await using open = await startTestService(
      { ...tickets, jobs: [] },
      { beside: service, environment, demo: false, applicationChecks: false },
    );
    const ask = (viewer: Viewer) => open.ask(viewer, '{ forms { id definition } formVersions(requestType: "relationship.cst") { id } }');
    for (const viewer of [bruno, carla]) expect(JSON.stringify(await ask(viewer))).not.toContain(id);
    expect(JSON.stringify(await ask(elisa))).toContain(id);
    const mutation = 'mutation ($input: FormVersionInput!) { discardFormDraft(input: $input) { errors { code } } }';
    expect((await open.ask(carla, mutation, { input: { formId: id } })).data.discardFormDraft.errors).toEqual([{ code: 'NOT_FOUND' }]);
    await change('discardFormDraft', { formId: id });
  });

  it('keeps whatever was typed, as it was typed, and says what is wrong with it', async () => {
    const draft = await begin('relationship.cst');
    const typed = ' { "steps": [ not yet JSON ';
    const { formVersion: kept } = await save(draft, typed);
    expect(kept).toMatchObject({
      definition: typed,
      revision: 2,
      defects: [{ rule: 'NOT_JSON', path: [], message: 'The definition is no JSON.' }],
    });
    const imperfect = withField(draft.definition, {
      ...buildField({ key: 'line', kind: 'SELECT', visible: { answered: 'gone' } }),
      maxLength: undefined,
    });
    const { formVersion } = await save(kept as Version, imperfect, 'es');
    expect(formVersion?.definition).toBe(imperfect);
    expect(formVersion?.defects).toEqual([
      { rule: 'NOT_ABOVE', path: ['steps', '0', 'fields', '9', 'visible'], message: '“gone” no es un campo por encima de este.' },
      { rule: 'NEEDS_OPTIONS', path: ['steps', '0', 'fields', '9', 'options'], message: 'Un campo de elección necesita opciones.' },
    ]);
    const refused = await publish(formVersion as Version, elisa, 'pt-BR');
    expect(refused.errors).toEqual([
      {
        code: 'FORM_DEFECTIVE',
        field: ['definition', 'steps', '0', 'fields', '9', 'visible'],
        message: '“gone” não é um campo acima deste.',
      },
      {
        code: 'FORM_DEFECTIVE',
        field: ['definition', 'steps', '0', 'fields', '9', 'options'],
        message: 'Um campo de escolha precisa de opções.',
      },
    ]);
    expect((await versionsOf('relationship.cst')).map(({ status }) => status)).toEqual(['DRAFT', 'PUBLISHED']);
    await change('discardFormDraft', { formId: draft.id });
  });

  it('of two who save it at once one is told so', async () => {
    const draft = await begin('relationship.cst');
    const saved = await Promise.all([save(draft, draft.definition), save(draft, withField(draft.definition, release))]);
    expect(saved.map(({ failed }) => failed).sort()).toEqual(['CONFLICT', undefined]);
    await change('discardFormDraft', { formId: draft.id });
  });

  it.each<[string, object, string]>([
    ['no request type', { clientKey: 'a' }, 'REQUIRED input.requestType'],
    ['a request type of no shape', { clientKey: 'a', requestType: 'Software RM' }, 'WRONG_KIND input.requestType'],
    ['no key', { requestType: 'relationship.cst' }, 'REQUIRED input.clientKey'],
    ['a new request type without a definition', { clientKey: 'a', requestType: 'brand.new' }, 'REQUIRED input.definition'],
    ['a base that is none', { clientKey: 'a', requestType: 'brand.new', basedOnId: 'frm_x' }, 'NOT_FOUND input.basedOnId'],
    ['no draft of this id', { formId: 'frm_x', expectedVersion: 1, definition: '{}' }, 'NOT_FOUND input.formId'],
    ['no expected version', { formId: 'frm_x', definition: '{}' }, 'REQUIRED input.expectedVersion'],
    ['no definition', { formId: 'frm_x', expectedVersion: 1 }, 'REQUIRED input.definition'],
    ['an endless definition', { formId: 'frm_x', expectedVersion: 1, definition: 'x'.repeat(131_073) }, 'TOO_LONG input.definition'],
  ])('is not begun or saved with %s', async (_, input, fault) => {
    const { errors } = await change('saveFormDraft', input);
    expect(errors.map(({ code, field }) => `${code} ${field.join('.')}`)).toEqual([fault]);
  });
});

describe('publishing', () => {
  it('makes the draft what is opened next; the one before opens for a day more and draws its tickets for ever', async () => {
    const type = 'value-added.cloud';
    const before = await fillForm(service, bruno, type);
    const old = await open(service, bruno, type);
    const draft = await begin(type);
    const { formVersion: saved } = await save(draft, withField(draft.definition, { ...release, required: true }));
    const { formVersion: published, errors } = await publish(saved as Version);
    expect([errors, published]).toMatchObject([[], { id: draft.id, version: 2, status: 'PUBLISHED', revision: 3, defects: [] }]);
    const { requestForm } = await drawn(bruno, type);
    expect([requestForm.id, requestForm.version, keysOf(requestForm).at(-1)]).toEqual([draft.id, 2, 'release']);
    expect((await tryToOpen(service, bruno, { formId: draft.id, answers: before.answers })).errors).toMatchObject([
      { code: 'REQUIRED', field: ['input', 'answers', 'release'] },
    ]);
    const kept = 'query ($id: ID!) { ticket(id: $id) { formVersion form { version steps { fields { key } } } } }';
    const { ticket } = await read(bruno, kept, { id: old.id });
    expect([ticket.formVersion, ticket.form.version, keysOf(ticket.form)]).toEqual([1, 1, expect.not.arrayContaining(['release'])]);
    expect((await tryToOpen(service, bruno, before)).errors).toEqual([]);
    service.clock.advance(24 * 3_600_000 - 1);
    expect((await tryToOpen(service, bruno, before)).errors).toEqual([]);
    service.clock.advance(1);
    expect((await tryToOpen(service, bruno, before)).errors).toMatchObject([{ code: 'FORM_OUTDATED', field: ['input', 'formId'] }]);
    expect((await read(bruno, kept, { id: old.id })).ticket.form.version).toBe(1);
  });

  it('tells other services what the version says of files and options, and who published it', async () => {
    const [latest] = (await read(elisa, '{ formVersions(requestType: "value-added.cloud") { id definition } }')).formVersions;
    const event = (await eventsOf(latest.id)).at(-1);
    expect(event).toMatchObject({ type: 'form.published', version: 3, actor: elisa.analystId, audience: 'SYSTEM' });
    expect(event?.data).toMatchObject({
      requestType: 'value-added.cloud',
      formVersion: 2,
      attachmentPolicy: { archivesOnly: true, extensions: ['zip', 'rar'] },
    });
    const fields = event?.data.optionFields as { field: string; rootId: string | null }[];
    expect(fields.find(({ field }) => field === 'effect')?.rootId).toBe(option(`${JSON.parse(latest.definition).product}`));
  });

  it('of two supervisors at once is one’s; a replica that did not do it knows within two seconds, and at once when it is named', async () => {
    const { library } = testDeps(service); // another replica's
    const known = async () => (await library.ofType('value-added.infra'))?.version;
    expect(await known()).toBe(1);
    const draft = await begin('value-added.infra');
    const tried = await Promise.all([publish(draft), publish(draft)]);
    expect(tried.map(({ failed }) => failed).sort()).toEqual(['CONFLICT', undefined]);
    expect(await change('saveFormDraft', { formId: draft.id, expectedVersion: 1, definition: '{}' })).toMatchObject({ failed: 'CONFLICT' });
    expect([await known(), (await library.version(draft.id))?.version]).toEqual([1, 2]); // whoever names it is not told that it is not there
    await library.refresh();
    expect([await known(), tickets.jobs.find(({ name }) => name === 'form-library')?.everyMs]).toEqual([2, 2_000]);
  });

  it('refuses what the catalogue and other rules cannot live with, all at once', async () => {
    const draft = await begin('technical-support');
    const form = JSON.parse(draft.definition) as FormDraft;
    form.product = 'erp/gone';
    const [first] = form.steps;
    for (const field of first?.fields ?? []) if (field.means === 'impact') delete field.means;
    for (const item of form.guidance.slice(-1)) item.visible = { answered: 'gone' };
    first?.fields.push({ ...buildField({ key: 'moon', kind: 'SELECT' }), maxLength: undefined, options: { levels: ['MOON'] } });
    const { formVersion } = await save(draft, JSON.stringify(form));
    expect(formVersion?.defects.map(({ rule, path }) => `${path.join('.')} ${rule}`)).toEqual([
      `guidance.${form.guidance.length - 1}.visible NOT_ABOVE`,
      'product UNKNOWN_PATH',
      `steps.0.fields.${(first?.fields.length ?? 0) - 1}.options.levels.0 UNKNOWN_LEVEL`,
      'steps MEANING_DROPPED',
    ]);
    expect(formVersion?.defects.at(-1)?.message).toBe('The version in use asks for “impact”, which criticality needs; this one does not.');
    expect((await publish(formVersion as Version)).errors).toHaveLength(4);
    await change('discardFormDraft', { formId: draft.id });
  });
});

describe('a draft on trial', () => {
  const TRIAL = `query ($formId: ID!, $answers: [AnswerInput!]!, $context: OpeningContextInput) {
    evaluateForm(formId: $formId, answers: $answers, context: $context) { fields { key visible required } errors { code field } } }`;
  const acme = { organizationId: demoId('org', 'ACME01') };

  it('is drawn and evaluated for the organization that a supervisor chooses, and opens nothing', async () => {
    const draft = await begin('software.rm');
    const own = { ...release, visible: { all: [{ plan: ['PRIME'] }, { channel: ['EMAIL'] }] }, required: true } as FieldDraft;
    const { formVersion } = await save(draft, withField(draft.definition, own));
    const { requestForm } = await drawn(elisa, 'software.rm', 2);
    expect([requestForm.id, keysOf(requestForm).at(-1)]).toEqual([draft.id, 'release']);
    const state = async (context: object) => {
      const { evaluateForm } = await read(elisa, TRIAL, { formId: draft.id, answers: [], context });
      return evaluateForm.fields.find(({ key }: { key: string }) => key === 'release');
    };
    expect(await state({ ...acme, channel: 'EMAIL' })).toMatchObject({ visible: true, required: true });
    expect(await state(acme)).toMatchObject({ visible: false });
    expect(await state({ organizationId: demoId('org', 'GLBX01'), channel: 'EMAIL' })).toMatchObject({ visible: false });
    const opened = await tryToOpen(service, elisa, { formId: draft.id, answers: [] });
    expect(opened.errors).toMatchObject([{ code: 'NOT_FOUND', field: ['input', 'formId'] }]);
    await save(formVersion as Version, '{}');
    const broken = await service.ask(elisa, TRIAL, { formId: draft.id, answers: [] });
    expect(broken.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    await change('discardFormDraft', { formId: draft.id });
  });

  it('is compared with what is in use, by supervisors', async () => {
    const { id: to, ...draft } = await begin('software.rm');
    const [, { id: from }] = (await read(elisa, '{ formVersions(requestType: "software.rm") { id } }')).formVersions;
    await save({ ...draft, id: to }, withField(draft.definition, release));
    const diff = 'query ($from: ID!, $to: ID!) { formDiff(from: $from, to: $to) { kind part key message } }';
    expect((await service.ask(elisa, diff, { from, to })).data.formDiff).toEqual([
      { kind: 'ADDED', part: 'FIELD', key: 'release', message: '“Release” foi incluído: “RM”, depois de “Anexo”.' },
    ]);
    expect((await service.ask(carla, diff, { from, to })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await service.ask(elisa, diff, { from, to: 'frm_x' })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    await change('discardFormDraft', { formId: to });
  });
});

describe('a request type', () => {
  const menu = async (viewer: Viewer): Promise<string[]> =>
    (await read(viewer, '{ serviceAreas { requestTypes { code } } }')).serviceAreas.flatMap((area: { requestTypes: { code: string }[] }) =>
      area.requestTypes.map(({ code }) => code),
    );

  it('is opened where there was none', async () => {
    const draft = await begin('relationship.praise', { definition: allNew('relationship.praise') });
    expect([draft.version, draft.defects, await menu(bruno)]).toEqual([1, [], expect.not.arrayContaining(['relationship.praise'])]);
    await publish(draft);
    expect(await menu(bruno)).toContain('relationship.praise');
    expect((await open(service, bruno, 'relationship.praise')).id).toMatch(/^tkt_/);
  });

  it('leaves the menu and comes back; its tickets are drawn meanwhile', async () => {
    const ticket = await open(service, bruno, 'relationship.praise');
    const [{ id: formId, revision }] = (await read(elisa, '{ formVersions(requestType: "relationship.praise") { id revision } }'))
      .formVersions;
    const withdrawn = await Promise.all([1, 2].map(() => change('withdrawForm', { formId, expectedVersion: revision })));
    expect(withdrawn.map(({ failed, formVersion }) => failed ?? formVersion?.status).sort()).toEqual(['CONFLICT', 'SUPERSEDED']);
    expect(await menu(bruno)).not.toContain('relationship.praise');
    expect(await drawn(bruno, 'relationship.praise')).toEqual({ requestForm: null });
    const { data } = await service.ask(bruno, 'query ($id: ID!) { ticket(id: $id) { form { version steps { fields { key } } } } }', {
      id: ticket.id,
    });
    expect(keysOf(data.ticket.form)).toEqual(['subject', 'description']);
    expect((await read(elisa, '{ forms { requestType status } }')).forms).toContainEqual({
      requestType: 'relationship.praise',
      status: 'SUPERSEDED',
    });
    await publish(await begin('relationship.praise'));
    expect(await menu(bruno)).toContain('relationship.praise');
  });

  it('is described to front ends: a JSON Schema says what a definition may hold', async () => {
    const { formDefinitionSchema } = await read(elisa, '{ formDefinitionSchema }');
    const schema = JSON.parse(formDefinitionSchema);
    expect([schema.$schema, schema.required]).toEqual([
      'https://json-schema.org/draft/2020-12/schema',
      expect.arrayContaining(['steps', 'requestType']),
    ]);
  });
});

describe('a ticket', () => {
  it('is drawn with labels as they were, whatever becomes of the catalogue', async () => {
    const { id } = await open(service, bruno, 'technical-support');
    const form = 'query ($id: ID!) { ticket(id: $id) { form { steps { fields { key label required } } } } }';
    const before = await read(bruno, form, { id });
    expect(JSON.stringify(before)).toContain('Ambiente › ');
    await service.worker().execute(`update catalogue_entry set retired = true, revision = (select max(revision) + 1 from catalogue_entry),
      labels = jsonb_build_object('pt-BR', 'Outro', 'en', 'Other', 'es', 'Otro') where level in ('PRODUCT', 'MODULE', 'ENVIRONMENT')`);
    await change('discardFormDraft', { formId: (await begin('relationship.cst')).id });
    await change('publishForm', { formId: (await begin('relationship.cst')).id });
    const after = await read(bruno, form, { id });
    expect(JSON.stringify(after)).not.toContain('Outro');
    expect(after).toEqual(before);
  });
});
