import { OptionsOffered } from '@atende/events';
import { goldenSamples } from '@atende/events/samples';
import { makeLog } from '@atende/service';
import type { TestService } from '@atende/service/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { consumers } from './consumers.ts';
import { FieldOption } from './field-option.ts';
import { option, retire, startFavorites, tell } from './testing-favorites.ts';

let service: TestService;
beforeAll(async () => {
  service = await startFavorites();
}, 60_000);
afterAll(() => service[Symbol.asyncDispose]());

const known = (path: string) => service.worker().findOne(FieldOption, option(path));
const offer = (list: string, above: string[], paths: string[]) =>
  tell(service, OptionsOffered, { places: [{ list, aboveIds: above.map(option), optionIds: paths.map(option) }] });

describe('what is known of options', () => {
  it('is the same whether a retirement comes before its option or after it', async () => {
    await retire(service, 'late');
    await offer('MODULE', ['erp/rm', 'erp'], ['late', 'early']);
    await retire(service, 'early');
    for (const path of ['late', 'early']) {
      expect(await known(path)).toMatchObject({ list: 'MODULE', aboveIds: [option('erp/rm'), option('erp')], retired: true });
    }
  });

  it('says that what lies below a retired option is out of use, also when it comes later', async () => {
    await offer('PRODUCT', ['erp'], ['erp/old']);
    await offer('MODULE', ['erp/old', 'erp'], ['erp/old/first']);
    await retire(service, 'erp/old');
    await offer('MODULE', ['erp/old', 'erp'], ['erp/old/second', 'erp/old/second']);
    expect(await known('erp/old/first')).toMatchObject({ retired: true });
    expect(await known('erp/old/second')).toMatchObject({ retired: true });
    expect(await known('erp')).toMatchObject({ retired: false });
  });

  it('does not change when it is told again', async () => {
    await offer('COUNTRY', [], ['BR', 'BR']);
    expect(await known('BR')).toMatchObject({ list: 'COUNTRY', aboveIds: [], retired: false });
  });
});

it('every published event of the house can be told to every consumer', async () => {
  const samples = goldenSamples();
  const context = { now: new Date(), log: makeLog('test', 'silent') };
  for (const sample of samples) {
    await service.worker().transactional(async (em) => {
      for (const consumer of consumers) if (consumer.event.type === sample.type) await consumer.handle(sample, { ...context, em });
    });
  }
  expect(consumers.map(({ event }) => event.type).filter((type) => !samples.some((sample) => sample.type === type))).toEqual([]);
});
