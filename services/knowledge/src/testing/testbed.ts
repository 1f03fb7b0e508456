import { OptionsOffered } from '@atende/events';
import { goldenSamples } from '@atende/events/samples';
import { anonymous, demoId, newId, type Viewer } from '@atende/service';
import { type Answer, buildViewer, startTestService, type TestOptions, type TestService } from '@atende/service/testing';
import { keepOptions } from '../catalogue-option.ts';
import { knowledge } from '../service.ts';

const contact = (name: string, organization: string): Viewer => {
  const rights = { scope: 'ORGANIZATION' as const, mayOpen: true, administrator: false, serviceManager: false };
  return buildViewer({
    personId: demoId('per', name),
    contacts: [{ id: demoId('con', name), organizationId: demoId('org', organization), ...rights }],
  });
};
export const bruno = contact('bruno@acme.example', 'ACME01');
export const gisele = contact('gisele@globex.example', 'GLBX01');
export const carla = buildViewer({ personId: demoId('per', 'carla'), analystId: demoId('ana', 'carla'), roles: ['ANALYST'] });
export const diego = buildViewer({ personId: demoId('per', 'diego'), analystId: demoId('ana', 'diego'), roles: ['ANALYST'] });
export const rita = buildViewer({ personId: demoId('per', 'rita'), roles: ['AUDITOR'] });
export const nobody = anonymous;
/** Watchers of one organization, as the gateway asks for them together. */
export const classOfClients: Viewer = {
  ...bruno,
  kind: 'CLASS',
  personId: null,
  sessionId: null,
  contacts: [{ ...bruno.contacts[0]!, id: '' }],
};
export const classOfStaff: Viewer = { ...carla, kind: 'CLASS', personId: null, sessionId: null, analystId: null };

export const option = (path: string): string => demoId('opt', path);
export const products = { rm: option('erp/rm'), wms: option('logistics/wms') };
export const modules = { labore: option('erp/rm/labore') };

export interface Saved {
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts on the shape it asked for
  article: any;
  faults: string[];
  failed: string | undefined;
}

export interface Testbed extends AsyncDisposable {
  [Symbol.asyncDispose](): Promise<void>;
  service: TestService;
  /** Writes or changes an article; every part may be overridden. */
  save(viewer: Viewer, input?: Record<string, unknown>): Promise<Saved>;
  /** Publishes, retires or votes. */
  act(viewer: Viewer, mutation: string, input: Record<string, unknown>): Promise<Saved>;
  /** Writes and publishes an article; its id. */
  published(input?: Record<string, unknown>): Promise<string>;
  /** An article as a viewer sees it, these fields. */
  look(viewer: Viewer, id: string, fields?: string): Promise<Saved['article']>;
  /** What a text finds for a viewer. */
  search(viewer: Viewer, text: string, page?: { first?: number; after?: string | null; language?: string }): Promise<Answer>;
  /** Titles of what a text finds. */
  titles(viewer: Viewer, text: string, language?: string): Promise<string[]>;
  suggest(viewer: Viewer, title: string, more?: Record<string, unknown>): Promise<Answer>;
}

export const CONTENT = { kind: 'ARTICLE', language: 'pt-BR', audience: 'PUBLIC', title: 'Um artigo', body: 'Texto.' };
const SHOWN = 'id version slug status audience title edition';
const SEARCH = `query ($of: [_Any!]!, $first: Int, $after: String) { _entities(representations: $of) { ... on SearchResult {
  articles(first: $first, after: $after) { edges { node { id title } snippet cursor } pageInfo { hasNextPage endCursor } } } } }`;
const SUGGEST = `query ($title: String!, $product: ID, $language: String, $first: Int) {
  suggestArticles(title: $title, product: $product, language: $language, first: $first) { article { id title } snippet score } }`;

/** The service on a private PostgreSQL, empty unless demo data are asked for, knowing two products and a module. */
export async function testbed(options: TestOptions = {}): Promise<Testbed> {
  const service = await startTestService(knowledge, { demo: false, ...options });
  const [sample] = goldenSamples().filter(({ type }) => type === OptionsOffered.type);
  const places = [
    { list: 'PRODUCT', aboveIds: [], optionIds: Object.values(products) },
    { list: 'MODULE', aboveIds: [], optionIds: Object.values(modules) },
    { list: 'COUNTRY', aboveIds: [], optionIds: [option('country:BR')] },
  ];
  await service.worker().transactional((em) => keepOptions(em, { ...sample!, data: { places } } as never));
  const mutate = async (viewer: Viewer, mutation: string, type: string, input: object): Promise<Saved> => {
    const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { article { ${SHOWN} } errors { code field } } }`;
    const { data, errors } = await service.ask(viewer, query, { input });
    const { article = null, errors: faults = [] } = data?.[mutation] ?? {};
    return {
      article,
      faults: faults.map(({ code, field }: { code: string; field: string[] }) => `${code} ${field.join('.')}`),
      failed: errors?.[0]?.extensions.code,
    };
  };
  const bed: Testbed = {
    service,
    save: (viewer, input = {}) =>
      mutate(viewer, 'saveArticle', 'SaveArticleInput', { ...(!input.articleId && { clientKey: newId('key') }), ...CONTENT, ...input }),
    act: (viewer, mutation, input) =>
      mutate(viewer, mutation, mutation === 'voteArticle' ? 'VoteArticleInput' : 'ArticleActionInput', input),
    published: async (input) => {
      const { article, faults, failed } = await bed.save(carla, input);
      if (!article) throw new Error(faults.join() || failed);
      await bed.act(carla, 'publishArticle', { articleId: article.id });
      return article.id;
    },
    look: async (viewer, id, fields = SHOWN) =>
      (await service.ask(viewer, `query ($id: ID!) { article(id: $id) { ${fields} } }`, { id })).data.article,
    search: (viewer, text, { first = 10, after = null, language = 'pt-BR' } = {}) =>
      service.ask(viewer, SEARCH, { of: [{ __typename: 'SearchResult', text }], first, after }, { 'accept-language': language }),
    titles: async (viewer, text, language) => {
      const { data, errors } = await bed.search(viewer, text, { language });
      if (errors) throw new Error(errors[0]?.extensions.code);
      return data._entities[0].articles.edges.map(({ node }: { node: { title: string } }) => node.title);
    },
    suggest: (viewer, title, more = {}) => service.ask(viewer, SUGGEST, { title, ...more }),
    [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
  };
  return bed;
}
