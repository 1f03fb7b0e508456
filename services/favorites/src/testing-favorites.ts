import { type EventData, type EventDefinition, FormPublished, OptionRetired, OptionsOffered } from '@atende/events';
import { goldenSamples } from '@atende/events/samples';
import { demoId, makeLog, newId, type Viewer } from '@atende/service';
import { buildViewer, startTestService, type TestOptions, type TestService } from '@atende/service/testing';
import { favorites } from './service.ts';

/** Id of an option of the tests' catalogue, by its path. */
export const option = (path: string): string => demoId('opt', path);

const contact = (name: string): Viewer => {
  const organizationId = demoId('org', 'ACME01');
  const rights = { scope: 'OWN' as const, mayOpen: true, administrator: false, serviceManager: false };
  return buildViewer({ personId: demoId('per', name), contacts: [{ id: demoId('con', name), organizationId, ...rights }] });
};
export const bruno = contact('bruno');
export const ana = contact('ana');
export const carla = buildViewer({ personId: demoId('per', 'carla'), analystId: demoId('ana', 'carla'), roles: ['ANALYST'] });
export const rita = buildViewer({ personId: demoId('per', 'rita'), roles: ['AUDITOR'] });

const place = (list: string, above: string[], paths: string[]) => ({ list, aboveIds: above.map(option), optionIds: paths.map(option) });
const rm = ['erp/rm', 'erp'];
const logix = ['erp/logix', 'erp'];
const catalogue = [
  place('COUNTRY', [], ['BR', 'PT', 'AR', ...Array.from({ length: 60 }, (_, index) => `C${index}`)]),
  place('MACRO_SEGMENT', [], ['erp', 'logistics']),
  place('PRODUCT', ['erp'], rm.slice(0, 1).concat('erp/logix')),
  place('MODULE', rm, ['rm/labore', 'rm/nucleus']),
  place('MODULE', ['rm/labore', ...rm], ['rm/labore/payroll']),
  place('MODULE', logix, ['logix/stock']),
  place('EFFECT', rm, ['rm/slow', 'rm/wrong']),
  place('EFFECT', logix, ['logix/slow']),
  place('ENVIRONMENT', rm, ['rm/production', 'rm/test']),
];

type OptionField = NonNullable<EventData<typeof FormPublished>['optionFields']>[number];
const field = (name: string, list: string, over: Partial<OptionField> = {}): OptionField => ({
  ...{ field: name, lists: [list], depth: 'CHILDREN', rootId: null, belowChoice: false },
  ...over,
});
const software = (product: string): OptionField[] => [
  field('originCountry', 'COUNTRY'),
  field('effect', 'EFFECT', { rootId: option(product) }),
  field('environment', 'ENVIRONMENT', { rootId: option(product) }),
  field('moduleProduct', 'MODULE', { rootId: option(product), depth: 'DESCENDANTS' }),
];
const forms: Record<string, OptionField[]> = {
  'software.rm': software('erp/rm'),
  'software.logix': software('erp/logix'),
  'technical-support': [
    field('originCountry', 'COUNTRY'),
    field('environment', 'PRODUCT'),
    field('environmentDetail', 'ENVIRONMENT', { belowChoice: true }),
    field('product', 'PRODUCT', { belowChoice: true }),
    field('module', 'MODULE', { belowChoice: true }),
  ],
};

/** Tells the service an event of tickets, through every consumer of it. */
export async function tell<D extends EventDefinition>(
  service: TestService,
  { type }: D,
  data: EventData<D>,
  aggregate = '',
): Promise<void> {
  const [sample] = goldenSamples().filter((envelope) => envelope.type === type);
  if (!sample) throw new Error(`there is no sample of ${type}`);
  await service.worker().transactional(async (em) => {
    const context = { em, now: service.clock.now(), log: makeLog('test', 'silent') };
    for (const consumer of favorites.consumers.filter(({ event }) => event.type === type)) {
      await consumer.handle({ ...sample, id: newId('evt'), aggregate, data }, context);
    }
  });
}

export const publish = (service: TestService, requestType: string, optionFields: OptionField[], formVersion = 1): Promise<void> =>
  tell(service, FormPublished, {
    ...{ requestType, formVersion, optionFields },
    attachmentPolicy: { extensions: null, archivesOnly: false, maxFiles: 1, maxBytes: 1 },
  });
export const retire = (service: TestService, path: string): Promise<void> =>
  tell(service, OptionRetired, { list: 'COUNTRY', replacedById: null }, option(path));

/** The favorites service knowing of a small catalogue and three forms, as if the events of tickets had come. */
export async function startFavorites(options: TestOptions = {}): Promise<TestService> {
  const service = await startTestService({ ...favorites, jobs: [] }, options);
  await tell(service, OptionsOffered, { places: catalogue });
  for (const [requestType, fields] of Object.entries(forms)) await publish(service, requestType, fields);
  return service;
}

export interface Saved {
  list: { version: number; options: string[] } | null;
  faults: string[];
  failed: string | undefined;
}

/** Saves by paths; answers with paths out of those that were saved, and faults in short. */
export async function save(service: TestService, viewer: Viewer, name: string, paths: string[], input: object = {}): Promise<Saved> {
  const optionIds = paths.map((path) => (path.startsWith('=') ? path.slice(1) : option(path)));
  const { data, errors: failed } = await service.ask(
    viewer,
    'mutation ($input: SaveFavoritesInput!) { saveFavorites(input: $input) { list { version options { id } } errors { code field message } } }',
    { input: { field: name, optionIds, ...input } },
  );
  const { list = null, errors = [] } = data?.saveFavorites ?? {};
  return {
    list: list && { version: list.version, options: pathsIn(list.options, paths) },
    faults: errors.map(({ code, field: at }: { code: string; field: string[] }) => `${code} ${at.slice(1).join('.')}`),
    failed: failed?.[0]?.extensions.code,
  };
}

const pathsIn = (options: { id: string }[], paths: string[]): string[] =>
  options.map(({ id }) => paths.find((path) => option(path) === id) ?? id);

/** What `favoriteList` shows; paths out of those that are given. */
export async function look(service: TestService, viewer: Viewer, name: string, parent: string | null, paths: string[]) {
  const { data, errors } = await service.ask(
    viewer,
    'query ($field: String!, $parent: ID) { favoriteList(field: $field, parent: $parent) { version options { id } } }',
    { field: name, ...(parent !== null && { parent: option(parent) }) },
  );
  if (errors) return errors[0]?.extensions.code;
  return { version: data.favoriteList.version, options: pathsIn(data.favoriteList.options, paths) };
}
