import { demoId, newId } from '@atende/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { renderAgain } from './render-again.ts';
import { bruno, CONTENT, carla, diego, gisele, modules, nobody, option, products, rita, type Testbed, testbed } from './testing/testbed.ts';

let bed: Testbed;
beforeAll(async () => {
  bed = await testbed();
}, 60_000);
afterAll(() => bed[Symbol.asyncDispose]());

const events = async (aggregate: string) => {
  const rows = await bed.service
    .worker()
    .execute<{ version: number; type: string; data: object; actor: string }[]>(
      'select version, type, data, actor from event where aggregate = ? order by version',
      [aggregate],
    );
  return rows;
};

describe('an article', () => {
  it('is a draft that only staff see until it is published', async () => {
    const { article } = await bed.save(carla, { title: 'Emissão de NF-e', body: '# Passos\n\nAbra a **rotina**.' });
    expect(article).toMatchObject({ version: 1, status: 'DRAFT', edition: 0, slug: `emissao-de-nf-e-${article.id.slice(-6)}` });
    for (const reader of [nobody, bruno, gisele, rita]) expect(await bed.look(reader, article.id)).toBeNull();
    const { article: published } = await bed.act(carla, 'publishArticle', { articleId: article.id, expectedVersion: 1 });
    expect(published).toMatchObject({ version: 2, status: 'PUBLISHED', edition: 1 });
    expect(await bed.look(nobody, article.id, 'title html body publishedAt')).toEqual({
      title: 'Emissão de NF-e',
      html: '<h2>Passos</h2>\n<p>Abra a <strong>rotina</strong>.</p>\n',
      body: null,
      publishedAt: '2026-03-02T12:00:00.000Z',
    });
    expect(await bed.look(diego, article.id, 'body')).toEqual({ body: '# Passos\n\nAbra a **rotina**.' });
  });

  it('keeps what readers see while its next edition is written, and every edition for good', async () => {
    const id = await bed.published({ title: 'Antes', body: 'antes' });
    await bed.save(diego, { articleId: id, expectedVersion: 2, title: 'Depois', body: 'depois', audience: 'CLIENTS' });
    const fields =
      'version title audience html draft { content { title body audience } savedAt } editions { number content { title } publishedBy { id } }';
    expect(await bed.look(nobody, id, fields)).toEqual({
      ...{ version: 3, title: 'Antes', audience: 'PUBLIC', html: '<p>antes</p>\n', draft: null, editions: null },
    });
    expect(await bed.look(carla, id, fields)).toMatchObject({
      title: 'Antes',
      draft: { content: { title: 'Depois', body: 'depois', audience: 'CLIENTS' } },
      editions: [{ number: 1, content: { title: 'Antes' }, publishedBy: { id: carla.analystId } }],
    });
    await bed.act(diego, 'publishArticle', { articleId: id, expectedVersion: 3 });
    expect(await bed.look(nobody, id)).toBeNull();
    expect(await bed.look(bruno, id, 'title edition')).toEqual({ title: 'Depois', edition: 2 });
    expect(await bed.look(carla, id, 'draft { savedAt } editions { number content { title } }')).toEqual({
      draft: null,
      editions: [
        { number: 2, content: { title: 'Depois' } },
        { number: 1, content: { title: 'Antes' } },
      ],
    });
  });

  it('is not given to readers twice: publishing what they have changes nothing', async () => {
    const id = await bed.published();
    expect((await bed.act(carla, 'publishArticle', { articleId: id })).article).toMatchObject({ version: 2, edition: 1 });
  });

  it('is taken away from readers, and brought back with its next edition', async () => {
    const id = await bed.published({ title: 'Vai e volta' });
    expect((await bed.act(carla, 'retireArticle', { articleId: id })).article).toMatchObject({ version: 3, status: 'RETIRED' });
    expect(await bed.look(bruno, id)).toBeNull();
    expect(await bed.titles(carla, 'vai volta')).toEqual([]);
    expect((await bed.act(carla, 'retireArticle', { articleId: id })).failed).toBe('CONFLICT');
    await bed.act(carla, 'publishArticle', { articleId: id });
    expect(await bed.look(nobody, id, 'edition')).toEqual({ edition: 2 });
    expect(await bed.titles(nobody, 'vai volta')).toEqual(['Vai e volta']);
  });

  it('keeps its name in addresses whatever its title becomes', async () => {
    const id = await bed.published({ title: 'Primeiro título' });
    const { slug } = await bed.look(nobody, id);
    await bed.save(carla, { articleId: id, expectedVersion: 2, title: 'Outro título' });
    await bed.act(carla, 'publishArticle', { articleId: id });
    expect(await bed.look(nobody, id, 'slug title')).toEqual({ slug, title: 'Outro título' });
  });

  it('tells others ids, codes and digests, one event for each version', async () => {
    const id = await bed.published({ title: 'Segredo', productIds: [products.rm], moduleIds: [modules.labore] });
    await bed.act(carla, 'retireArticle', { articleId: id });
    const told = await events(id);
    expect(told.map(({ version, type }) => `${version} ${type}`)).toEqual(['1 article.saved', '2 article.published', '3 article.retired']);
    expect(told[1]).toMatchObject({
      actor: carla.personId,
      data: { edition: 1, kind: 'ARTICLE', language: 'pt-BR', audience: 'PUBLIC', productIds: [products.rm], moduleIds: [modules.labore] },
    });
    expect(JSON.stringify(told)).not.toContain('Segredo');
  });
});

describe('who writes', () => {
  it('is staff alone', async () => {
    const id = await bed.published();
    for (const viewer of [bruno, rita]) {
      expect((await bed.save(viewer)).failed).toBe('FORBIDDEN');
      expect((await bed.act(viewer, 'publishArticle', { articleId: id })).failed).toBe('FORBIDDEN');
      expect((await bed.act(viewer, 'retireArticle', { articleId: id })).failed).toBe('FORBIDDEN');
    }
    expect((await bed.save(nobody)).failed).toBe('UNAUTHENTICATED');
    expect((await bed.save({ ...carla, kind: 'CLASS' })).failed).toBe('FORBIDDEN');
  });

  it('gets the same article for the same key and input, and CONFLICT for another input', async () => {
    const key = newId('key');
    const all = await Promise.all(Array.from({ length: 5 }, () => bed.save(carla, { clientKey: key, title: 'Uma vez' })));
    expect(new Set(all.map(({ article }) => article.id)).size).toBe(1);
    expect((await bed.save(carla, { clientKey: key, title: 'Outra' })).failed).toBe('CONFLICT');
    expect((await bed.save(carla, { clientKey: '' })).faults).toEqual(['REQUIRED input.clientKey']);
  });

  it('of two in the same moment one wins, the other is told CONFLICT; nothing is lost silently', async () => {
    const id = await bed.published({ title: 'Disputado' });
    const all = await Promise.all(
      [carla, diego, carla, diego].map((viewer, index) =>
        bed.save(viewer, { articleId: id, expectedVersion: 2, title: `Versão ${index}` }),
      ),
    );
    expect(all.filter(({ article }) => article)).toHaveLength(1);
    expect(all.map(({ failed }) => failed).filter(Boolean)).toEqual(['CONFLICT', 'CONFLICT', 'CONFLICT']);
    const winner = all.findIndex(({ article }) => article);
    expect(await bed.look(carla, id, 'version draft { content { title } }')).toEqual({
      version: 3,
      draft: { content: { title: `Versão ${winner}` } },
    });
  });

  it('of one who publishes and one who changes, the second acts on what the first has left, or is told', async () => {
    const id = await bed.published({ title: 'Um' });
    await bed.save(carla, { articleId: id, expectedVersion: 2, title: 'Dois' });
    const [published, changed] = await Promise.all([
      bed.act(carla, 'publishArticle', { articleId: id, expectedVersion: 3 }),
      bed.save(diego, { articleId: id, expectedVersion: 3, title: 'Três' }),
    ]);
    expect([published.failed, changed.failed].filter(Boolean)).toEqual(['CONFLICT']);
  });

  it('must say which version a change is of', async () => {
    const id = await bed.published();
    expect((await bed.save(carla, { articleId: id })).faults).toEqual(['REQUIRED input.expectedVersion']);
    expect((await bed.save(carla, { articleId: demoId('art', 'absent'), expectedVersion: 1 })).failed).toBe('NOT_FOUND');
    expect((await bed.save(carla, { articleId: 'x\0', expectedVersion: 1 })).failed).toMatch(/NOT_FOUND|BAD_USER_INPUT/);
  });

  it('is told everything that is wrong, at once', async () => {
    const { faults, article } = await bed.save(carla, {
      title: ' \n ',
      summary: 'x'.repeat(501),
      body: 'x'.repeat(50_001),
      language: 'fr',
      labels: ['x'.repeat(61), ...Array.from({ length: 20 }, (_, index) => `l${index}`)],
      productIds: ['opt_1', products.rm],
      moduleIds: ['x\0'],
    });
    expect(article).toBeNull();
    expect(faults).toEqual([
      'REQUIRED input.title',
      'TOO_LONG input.summary',
      'TOO_LONG input.body',
      'NOT_AN_OPTION input.language',
      'TOO_LONG input.labels.0',
      'TOO_MANY input.labels',
      'NOT_AN_OPTION input.productIds.0',
      'NOT_AN_OPTION input.moduleIds.0',
    ]);
  });

  it('names options that there are, in their own list', async () => {
    const { faults } = await bed.save(carla, {
      productIds: [products.rm, option('never'), modules.labore],
      moduleIds: [products.wms, option('country:BR')],
    });
    expect(faults).toEqual([
      'NOT_AN_OPTION input.productIds.1',
      'NOT_AN_OPTION input.productIds.2',
      'NOT_AN_OPTION input.moduleIds.0',
      'NOT_AN_OPTION input.moduleIds.1',
    ]);
  });

  it('cannot publish without a text', async () => {
    const { article } = await bed.save(carla, { body: '' });
    expect((await bed.act(carla, 'publishArticle', { articleId: article.id })).faults).toEqual(['REQUIRED body']);
  });

  it('writes text that is tidied: one line of title, small labels, no control characters, no marks of ours', async () => {
    const { article } = await bed.save(carla, {
      title: '  Um\n título\u0000 \ue000',
      labels: ['NF-e', ' nf-e ', ''],
      body: 'a\r\nb\u0007',
    });
    expect(await bed.look(carla, article.id, 'title labels body')).toEqual({ title: 'Um título', labels: ['nf-e'], body: 'a\nb' });
  });
});

describe('a list of articles', () => {
  it('has what the viewer may see, last changed first, page by page, by any of its parts', async () => {
    const label = 'paginado';
    const ids: string[] = [];
    for (let index = 0; index < 5; index++) {
      bed.service.clock.advance(1_000);
      ids.unshift(
        await bed.published({
          title: `Artigo ${index}`,
          labels: [label],
          audience: index === 2 ? 'CLIENTS' : 'PUBLIC',
          productIds: index === 1 ? [products.wms] : [],
        }),
      );
    }
    const LIST =
      'query ($filter: ArticleFilter, $first: Int, $after: String) { articles(filter: $filter, first: $first, after: $after) { edges { node { id } cursor } pageInfo { hasNextPage endCursor } } }';
    const page = async (viewer: typeof bruno, filter: object, first: number | null, after: string | null = null) =>
      bed.service.ask(viewer, LIST, { filter: { label, ...filter }, first, after });
    const found = async (viewer: typeof bruno, filter: object = {}) =>
      (await page(viewer, filter, 100)).data.articles.edges.map(({ node }: { node: { id: string } }) => ids.indexOf(node.id));
    expect(await found(bruno)).toEqual([0, 1, 2, 3, 4]);
    expect(await found(nobody)).toEqual([0, 1, 3, 4]);
    expect(await found(bruno, { audience: ['CLIENTS'] })).toEqual([2]);
    expect(await found(bruno, { product: products.wms })).toEqual([3]);
    expect(await found(bruno, { status: ['DRAFT'] })).toEqual([]);
    expect(await found(bruno, { language: 'en' })).toEqual([]);
    for (const hopeless of [{ product: 'x\0' }, { slug: "' or 1=1" }, { label: '\0' }, { kind: [] }, { module: option('never') }])
      expect(await found(bruno, hopeless)).toEqual([]);
    const walked: number[] = [];
    for (let after: string | null = null; walked.length < 5; ) {
      const { edges, pageInfo }: { edges: { node: { id: string } }[]; pageInfo: { endCursor: string; hasNextPage: boolean } } = (
        await page(bruno, {}, 2, after)
      ).data.articles;
      walked.push(...edges.map(({ node }) => ids.indexOf(node.id)));
      expect(pageInfo.hasNextPage).toBe(walked.length < 5);
      after = pageInfo.endCursor;
    }
    expect(walked).toEqual([0, 1, 2, 3, 4]);
    const refused = async (first: number | null, after: string | null) =>
      (await page(bruno, {}, first, after)).errors?.[0]?.extensions.code;
    expect([await refused(null, null), await refused(0, null), await refused(101, null)]).toEqual(Array(3).fill('FIRST_REQUIRED'));
    const cursors = ['x', '\0', Buffer.from('["x","y"]').toString('base64url'), Buffer.from('[8e15,"y"]').toString('base64url')];
    for (const cursor of cursors) expect(await refused(1, cursor)).toBe('BAD_USER_INPUT');
  });

  it('finds the one of a name in addresses', async () => {
    const id = await bed.published({ ...CONTENT, title: 'Pelo nome' });
    const { slug } = await bed.look(nobody, id);
    const { data } = await bed.service.ask(
      nobody,
      'query ($slug: String) { articles(filter: { slug: $slug }, first: 1) { edges { node { id } } } }',
      { slug },
    );
    expect(data.articles.edges).toEqual([{ node: { id } }]);
  });
});

describe('a vote', () => {
  it('is one a person, and the last one counts', async () => {
    const id = await bed.published();
    for (const [viewer, helpful] of [
      [bruno, true],
      [gisele, false],
      [bruno, false],
      [carla, true],
    ] as const)
      expect((await bed.act(viewer, 'voteArticle', { articleId: id, helpful })).failed).toBeUndefined();
    await Promise.all([bruno, bruno, bruno].map((viewer) => bed.act(viewer, 'voteArticle', { articleId: id, helpful: true })));
    const fields = 'votes { helpful unhelpful } helpedMe';
    expect(await bed.look(bruno, id, fields)).toEqual({ votes: { helpful: 2, unhelpful: 1 }, helpedMe: true });
    expect(await bed.look(gisele, id, fields)).toEqual({ votes: { helpful: 2, unhelpful: 1 }, helpedMe: false });
    expect(await bed.look(nobody, id, fields)).toEqual({ votes: { helpful: 2, unhelpful: 1 }, helpedMe: null });
  });

  it('is for an article one sees, and of somebody', async () => {
    const internal = await bed.published({ audience: 'INTERNAL' });
    expect((await bed.act(bruno, 'voteArticle', { articleId: internal, helpful: true })).failed).toBe('NOT_FOUND');
    expect((await bed.act(nobody, 'voteArticle', { articleId: internal, helpful: true })).failed).toBe('UNAUTHENTICATED');
  });
});

describe('a renderer that changed', () => {
  it('reaches every article by one command, and changes nothing else', async () => {
    const id = await bed.published({ title: 'De antes', body: '**forte** e *leve*' });
    const worker = () => bed.service.worker();
    await worker().execute(`update article set html = '<marquee>', plain = 'antigamente' where id = ?`, [id]);
    expect(await bed.titles(nobody, 'antigamente')).toEqual(['De antes']);
    expect(await worker().transactional((em) => renderAgain({ em }))).toBe('Rendered again; 1 articles changed.');
    expect(await bed.look(nobody, id, 'html version')).toEqual({ html: '<p><strong>forte</strong> e <em>leve</em></p>\n', version: 2 });
    expect([await bed.titles(nobody, 'antigamente'), await bed.titles(nobody, 'leve')]).toEqual([[], ['De antes']]);
  });
});
