import { knowledge } from '@atende/knowledge';
import { demoId } from '@atende/service/ids';
import { startTestService } from '@atende/service/testing';
import { expect, it } from '@jest/globals';
import { everythingFrom, gisele } from './second-wall.ts';

const INTERNAL = 'Quando escalar para o N2';
const DRAFT = 'MRP (MATA712): parâmetros que mudam o resultado';
const CLIENTS = 'Onda de separação presa no coletor de dados';

it('with application checks off, row-level security shows a contact no draft and nothing internal', async () => {
  await using service = await startTestService(knowledge, { applicationChecks: false });
  const ids = ['interno-quando-escalar', 'mrp-parametros-rascunho', 'onda-presa-no-coletor'].map((code) => demoId('art', code));
  const text = await everythingFrom(service, 'knowledge', gisele, ids);
  for (const words of [INTERNAL, DRAFT]) expect(text).not.toContain(words);
  expect(text).toContain(CLIENTS);
  const search =
    'query ($of: [_Any!]!) { _entities(representations: $of) { ... on SearchResult { articles(first: 5) { edges { node { title } snippet } } } } }';
  for (const words of [INTERNAL, DRAFT, CLIENTS]) {
    const found = JSON.stringify(await service.ask(gisele, search, { of: [{ __typename: 'SearchResult', text: words }] }));
    expect(found.includes(words)).toBe(words === CLIENTS);
  }
}, 60_000);
