import { demoId, type Viewer } from '@atende/service';
import type { TestService } from '@atende/service/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ana, bruno, carla, elisa } from '../seed/demo-people.ts';
import { seedForms } from '../seed/forms.ts';
import { fillForm, open, startTickets } from '../testing-tickets.ts';
import { templateKeys } from './last-form.ts';

type Filled = Awaited<ReturnType<typeof fillForm>>;
let service: TestService;
beforeAll(async () => {
  service = await startTickets();
}, 60_000);
afterAll(() => service[Symbol.asyncDispose]());
beforeEach(async () => void (await service.worker().execute('delete from ticket')));

const onBehalfOf = { organizationId: bruno.contacts[0]?.organizationId, contactId: bruno.contacts[0]?.id };
const option = (path: string): string => demoId('opt', path);
const retire = (path: string) =>
  service.ask(elisa, 'mutation ($id: ID!) { retireCatalogueEntry(input: { id: $id }) { errors { code } } }', { id: option(path) });
const valueIn = ({ answers }: Filled, field: string) => answers.find((answer) => answer.field === field)?.value;

describe('the last form as a template', () => {
  const ask = async (viewer: Viewer, requestType: string) =>
    (
      await service.ask(
        viewer,
        `query ($type: String!) { lastForm(requestType: $type) { id version requestType answers { field value } dropped { field }
          watchers attachments { id } context { organizationId onBehalfOf { contactId } } form { id } evaluation { errors { code field } } } }`,
        { type: requestType },
      )
    ).data.lastForm;

  it('is what a ticket was opened for, not what had happened: no texts, no files, no addresses, no damage', async () => {
    const filled = await fillForm(service, bruno, 'technical-support', { subject: 'Antigo', database: option('database:ORACLE') });
    const checklist = [
      { field: 'since', value: 'ontem' },
      { field: 'evidence', value: [option('evidence:SCREENSHOT')] },
    ];
    const answers = [...filled.answers, ...checklist.filter(({ field }) => field === 'since')];
    await open(service, bruno, 'technical-support', { ...filled, answers, watchers: ['x@y.example'] });
    await open(service, bruno, 'relationship.cst');
    const template = await ask(bruno, 'technical-support');
    expect(template).toMatchObject({ version: 0, requestType: 'technical-support', dropped: [], watchers: [], attachments: [] });
    const kept = Object.fromEntries(template.answers.map(({ field, value }: { field: string; value: unknown }) => [field, value]));
    for (const field of ['originCountry', 'environment', 'product', 'module', 'database'])
      expect([field, kept[field]]).toEqual([field, valueIn(filled, field)]);
    for (const field of ['subject', 'description', 'impact', 'since', 'watchers', 'organization']) expect(kept).not.toHaveProperty(field);
    expect(template.evaluation.errors.map(({ code }: { code: string }) => code)).toEqual(template.evaluation.errors.map(() => 'REQUIRED'));
    const draft = await service.ask(bruno, 'query ($id: ID!) { draft(id: $id) { id } }', { id: template.id });
    expect(draft.data.draft).toBeNull();
  });

  it('is of what the person opened, whoever it was for', async () => {
    await open(service, carla, 'technical-support', {
      ...(await fillForm(service, carla, 'technical-support', {}, { onBehalfOf })),
      onBehalfOf,
    });
    expect(await ask(bruno, 'technical-support')).toBeNull();
    expect(await ask(carla, 'technical-support')).toMatchObject({ context: { organizationId: null, onBehalfOf: null } });
    expect(await ask(ana, 'technical-support')).toBeNull();
    expect(await ask(bruno, 'nothing')).toBeNull();
  });

  it('takes no short text out of what was said in confidence, nor from one client of the staff to the next', () => {
    const ombudsman = seedForms.find(({ requestType }) => requestType === 'relationship.ombudsman')?.form;
    if (!ombudsman) throw new Error('there is no such form');
    const [first, ...others] = ombudsman.steps;
    const text = { ...ombudsman.guidance[0], key: 'branch', kind: 'TEXT' as const, means: undefined };
    const form = { ...ombudsman, steps: [{ ...first, fields: [...(first?.fields ?? []), text] }, ...others] } as typeof ombudsman;
    const open = { ...form, requestType: 'relationship.cst' };
    const hasText = [templateKeys(form, false), templateKeys(open, false), templateKeys(open, true)].map((keys) => keys.has('branch'));
    expect(hasText).toEqual([false, true, false]);
  });
});

describe('options that were chosen last', () => {
  const ask = async (viewer: Viewer, variables: object) => {
    const query =
      'query ($field: String!, $parent: ID, $first: Int) { recentOptions(field: $field, parent: $parent, first: $first) { id label } }';
    const { data, errors } = await service.ask(viewer, query, variables as Record<string, unknown>);
    return errors ? errors[0]?.extensions.code : data.recentOptions.map(({ id }: { id: string }) => id);
  };
  const openFrom = async (country: string, viewer = bruno, requestType = 'relationship.cst') =>
    open(service, viewer, requestType, await fillForm(service, viewer, requestType, { originCountry: option(`country:${country}`) }));

  it('are the person’s own, each once, the last one first, in every form that has the list, and none that is out of use', async () => {
    for (const country of ['BR', 'PT', 'UY', 'BR']) await openFrom(country);
    await openFrom('CL', ana);
    await openFrom('PY', bruno, 'software.rm');
    const ids = (...countries: string[]) => countries.map((country) => option(`country:${country}`));
    expect(await ask(bruno, { field: 'originCountry' })).toEqual(ids('PY', 'BR', 'UY', 'PT'));
    expect(await ask(bruno, { field: 'originCountry', first: 2 })).toEqual(ids('PY', 'BR'));
    await retire('country:PY');
    expect(await ask(bruno, { field: 'originCountry' })).toEqual(ids('BR', 'UY', 'PT'));
    expect(await ask(carla, { field: 'originCountry' })).toEqual([]);
  });

  it('lie below what was chosen above them', async () => {
    const filled = await fillForm(service, bruno, 'technical-support');
    await open(service, bruno, 'technical-support', filled);
    const [segment, product, environment] = ['macroSegment', 'product', 'environment'].map((field) => valueIn(filled, field));
    expect(await ask(bruno, { field: 'product', parent: segment })).toContain(product);
    expect(await ask(bruno, { field: 'product' })).toEqual([]);
    expect(await ask(bruno, { field: 'product', parent: demoId('opt', 'nowhere') })).toEqual([]);
    expect(await ask(bruno, { field: 'product', parent: option('country:BR') })).toEqual([]);
    // The same list under another name.
    expect(await ask(bruno, { field: 'environment' })).toEqual(expect.arrayContaining([environment, product]));
    const [rm, logix] = [option('erp/rm'), option('erp/logix')];
    await open(service, bruno, 'software.rm');
    expect(await ask(bruno, { field: 'effect', parent: rm })).toHaveLength(1);
    expect(await ask(bruno, { field: 'effect' })).toHaveLength(1);
    expect(await ask(bruno, { field: 'effect', parent: logix })).toEqual([]);
  });

  it('are asked for by a field that some form has, so many at most', async () => {
    expect(await ask(bruno, { field: 'subject' })).toBe('BAD_USER_INPUT');
    for (const first of [0, 101]) expect(await ask(bruno, { field: 'originCountry', first })).toBe('FIRST_REQUIRED');
  });
});
