import { FormPublished } from '@atende/events';
import { anonymous, demoId, type EventRow, recordEvent, type Viewer } from '@atende/service';
import type { Answer, TestService } from '@atende/service/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EntityManager } from '@mikro-orm/postgresql';
import { option } from '../form/form-testing.ts';
import { FormVersion } from '../form/form-version.ts';
import { TicketEventRow } from '../history/ticket-event.ts';
import { seedCatalogue } from '../seed/catalogue.ts';
import { bruno, carla, elisa } from '../seed/demo-people.ts';
import { type SeedForm, seedForms } from '../seed/forms.ts';
import { seed } from '../seed/seed.ts';
import { fillForm, open, startTickets, tryToOpen } from '../testing-tickets.ts';
import { CatalogueRow } from './catalogue-entry.ts';
import { CATALOGUE_ID } from './catalogue-offer.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTickets();
}, 60_000);
afterAll(() => service[Symbol.asyncDispose]());

const retire = async (id: string, input: object = {}, viewer: Viewer = elisa) => {
  const answer = await service.ask(
    viewer,
    `mutation ($input: RetireCatalogueEntryInput!) { retireCatalogueEntry(input: $input) {
      entry { id label retired version replacedBy { id label } } errors { code field message } } }`,
    { input: { id, ...input } },
  );
  const { entry = null, errors = [] } = answer.data?.retireCatalogueEntry ?? {};
  const faults = errors.map(({ code, field }: { code: string; field: string[] }) => `${code} ${field.join('.')}`);
  return { entry, faults, failed: answer.errors?.[0]?.extensions.code };
};
const optionsOf = async (field: string, parent: string | null = null, requestType = 'technical-support'): Promise<Answer> => {
  const form = await service.ask(bruno, 'query ($t: String!) { requestForm(requestType: $t) { id } }', { t: requestType });
  return service.ask(
    bruno,
    `query ($f: ID!, $field: String!, $parent: ID) { fieldOptions(formId: $f, field: $field, parent: $parent, first: 100) { id edges { node { id } } } }`,
    { f: form.data.requestForm.id, field, parent },
  );
};
const idsOf = async (...asked: Parameters<typeof optionsOf>): Promise<string[]> =>
  (await optionsOf(...asked)).data.fieldOptions.edges.map(({ node }: { node: { id: string } }) => node.id);
const eventsOf = (aggregate: string): Promise<EventRow[]> =>
  service.worker().find(TicketEventRow, { aggregate }, { orderBy: { version: 'asc' } });

describe('an option', () => {
  const references = (ids: string[], viewer: Viewer, language = 'en') =>
    service.ask(
      viewer,
      'query ($all: [_Any!]!) { _entities(representations: $all) { ... on FieldOption { id code label children } } }',
      { all: ids.map((id) => ({ __typename: 'FieldOption', id })) },
      { 'accept-language': language },
    );

  it('is found by its id, in the language of whoever asks', async () => {
    const { data } = await references([option('country:BR'), option('erp/rm')], bruno);
    expect(data._entities).toEqual([
      { id: option('country:BR'), code: 'BR', label: 'Brazil', children: false },
      { id: option('erp/rm'), code: 'rm', label: 'RM', children: true },
    ]);
  });

  it('is nothing for who has not signed in, and what is none is nothing for anybody', async () => {
    expect((await references([option('country:BR')], anonymous)).data._entities).toEqual([null]);
    expect((await references(['', 'opt_', demoId('opt', 'never')], bruno)).data._entities).toEqual([null, null, null]);
  });
});

describe('an option list', () => {
  const idOf = async (...asked: Parameters<typeof optionsOf>): Promise<string> => (await optionsOf(...asked)).data.fieldOptions.id;

  it('has one id in every form that offers it, whatever the field is called', async () => {
    expect(await idOf('originCountry', null, 'software.rm')).toBe(await idOf('originCountry'));
    expect(await idOf('environment', null, 'software.rm')).toBe(await idOf('environmentDetail', option('erp/rm')));
  });

  it('is another below another choice, and none before anything is chosen', async () => {
    const lists = [null, option('erp'), option('distribution'), 'opt_'].map((parent) => idOf('product', parent));
    expect(new Set(await Promise.all(lists)).size).toBe(3);
    expect(await idOf('product')).toBe(await idOf('product', 'opt_'));
  });
});

describe('the catalogue is told to other services', () => {
  it('once, when an installation starts: every option, and where the fields of every form take theirs from', async () => {
    const [first, ...others] = await eventsOf(CATALOGUE_ID);
    expect([first, ...others].map((event) => event?.version)).toEqual(others.map((_, index) => index + 1).concat(others.length + 1));
    expect(JSON.stringify(first?.data)).toContain(option('country:BR'));
    const before = await service.worker().count(TicketEventRow, {});
    await seed({ em: service.worker(), now: service.clock.now() });
    expect(await service.worker().count(TicketEventRow, {})).toBe(before);
  });

  it('also by an installation that is older than these events', async () => {
    const [form] = seedForms.filter(({ requestType }) => requestType === 'software.rm');
    await using older = await startTickets({}, ({ em, now }) => firstRelease(em, form as SeedForm, now));
    await seed({ em: older.worker(), now: older.clock.now() });
    const told = await older.worker().find(TicketEventRow, {}, { orderBy: { version: 'asc' } });
    expect(told.filter(({ aggregate }) => aggregate === CATALOGUE_ID)).not.toEqual([]);
    const [first, second, ...more] = told.filter(({ aggregate }) => aggregate === form?.id);
    expect([first?.data.optionFields, more]).toEqual([undefined, []]);
    expect(JSON.stringify(second?.data.optionFields)).toContain('moduleProduct');
  });
});

/** What a database held when nothing was said of options yet. */
async function firstRelease(em: EntityManager, { id, requestType, version, form }: SeedForm, now: Date): Promise<void> {
  await em.insertMany(
    CatalogueRow,
    seedCatalogue.map((entry) => ({ ...entry, changedAt: now })),
  );
  em.create(FormVersion, { id, requestType, version, status: 'PUBLISHED', definition: form, publishedAt: now, supersededAt: null });
  const data = { requestType, formVersion: version, attachmentPolicy: form.attachmentPolicy };
  recordEvent(em, FormPublished, { aggregate: id, version: 1, data, actor: null, audience: 'SYSTEM', at: now });
  await em.flush();
}

describe('retiring an entry', () => {
  it('takes it out of every list, with what lies below it, and records who did it', async () => {
    const product = option('erp/logix');
    expect(await idsOf('product', option('erp'))).toContain(product);
    expect(await retire(product, { replacedById: option('erp/rm') })).toEqual({
      entry: { id: product, label: 'Logix', retired: true, version: 1, replacedBy: { id: option('erp/rm'), label: 'RM' } },
      faults: [],
      failed: undefined,
    });
    expect(await idsOf('product', option('erp'))).not.toContain(product);
    expect(await idsOf('module', product)).toEqual([]);
    expect(await eventsOf(product)).toMatchObject([
      { type: 'option.retired', version: 1, actor: elisa.analystId, data: { list: 'PRODUCT', replacedById: option('erp/rm') } },
    ]);
  });

  it('refuses it in new tickets, while old ones keep its label', async () => {
    const filled = await fillForm(service, bruno, 'technical-support');
    const impact = filled.answers.find(({ field }) => field === 'impact')?.value as string;
    const old = await open(service, bruno, 'technical-support', filled);
    await retire(impact);
    expect((await tryToOpen(service, bruno, filled)).errors).toEqual([
      expect.objectContaining({ code: 'OPTION_RETIRED', field: ['input', 'answers', 'impact'] }),
    ]);
    const { data } = await service.ask(bruno, 'query ($id: ID!) { ticket(id: $id) { answers { field displayValue } } }', { id: old.id });
    expect(data.ticket.answers.find(({ field }: { field: string }) => field === 'impact').displayValue).toMatch(/\S/);
  });

  it('says everything that is wrong at once', async () => {
    const country = option('country:PT');
    await retire(country);
    expect((await retire(country)).faults).toEqual(['OPTION_RETIRED input.id']);
    expect((await retire(country, { replacedById: option('erp') })).faults).toEqual([
      'OPTION_RETIRED input.id',
      'NOT_AN_OPTION input.replacedById',
    ]);
    expect((await retire(option('country:BR'), { replacedById: country })).faults).toEqual(['OPTION_RETIRED input.replacedById']);
    expect((await retire(option('country:BR'), { replacedById: option('country:BR') })).faults).toEqual([
      'NOT_AN_OPTION input.replacedById',
    ]);
    expect((await retire(option('erp/logix/environment:production'))).faults).toEqual(['OPTION_RETIRED input.id']);
    for (const id of ['', 'opt_', demoId('opt', 'never'), demoId('tkt', 'x')])
      expect((await retire(id)).faults).toEqual(['NOT_FOUND input.id']);
  });

  it('takes the version that was seen', async () => {
    expect((await retire(option('country:AR'), { expectedVersion: 1 })).failed).toBe('CONFLICT');
    expect((await retire(option('country:AR'), { expectedVersion: 0 })).entry).toMatchObject({ retired: true, version: 1 });
  });

  it('is done once, whoever else does it in the same moment', async () => {
    const all = await Promise.all([1, 2, 3].map(() => retire(option('country:CL'))));
    expect(all.filter(({ entry }) => entry !== null)).toHaveLength(1);
    expect(all.flatMap(({ faults }) => faults)).toEqual(['OPTION_RETIRED input.id', 'OPTION_RETIRED input.id']);
    expect(await eventsOf(option('country:CL'))).toHaveLength(1);
  });

  it.each([
    ['an analyst', carla, 'FORBIDDEN'],
    ['a contact', bruno, 'FORBIDDEN'],
    ['nobody', anonymous, 'UNAUTHENTICATED'],
  ])('is not for %s', async (_, viewer, code) => {
    expect((await retire(option('country:UY'), {}, viewer)).failed).toBe(code);
  });
});
