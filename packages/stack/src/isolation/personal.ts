import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { Kind, parse } from 'graphql';
import { clientKey, fill, open } from '../journeys/filling.ts';
import { DEMO_PASSWORD } from '../journeys/portal.ts';
import { repositoryRoot } from '../repository.ts';
import type { Matrix } from './matrix.ts';
import { type Operation, withId } from './operations.ts';
import { twinOf } from './twin.ts';

/** Different from request to request, whoever asks. */
const VOLATILE = /(^|_)(liveCursor|downloadUrl)$/;
/** Its value is for the uploader of a file that no ticket has, which nobody else sees: two persons never see it on one object. */
const NEVER_SHARED = ['Attachment.downloadUrl', 'Attachment.receipt'];

/** What depends on the person, and not only on what they may do, says so: else one person's answer is pushed to another. */
export function personal(the: () => Matrix): void {
  it('answers two persons of one authorization class the same, but for the fields that are marked @personal', async () => {
    const { operations, schema, things, as } = the();
    const { ticketId, contactId, options } = await leaveTraces(the());
    const differing = new Set<string>();
    for (const who of ['hugo', 'gisele', 'carla', 'otavio'] as const) {
      const twin = await twinOf(the().place, as[who]);
      const compare = async ({ document }: Operation, variables: object): Promise<void> => {
        const [one, other] = await Promise.all([as[who].ask(document, variables), twin.ask(document, variables)]);
        if (one.data && other.data) for (const field of differences(one.data, other.data, 'Query')) differing.add(field);
      };
      const seen = new Map(things.filter(({ id }) => the().sees(who, id)).map(({ id }) => [the().kindOf(who, id), id]));
      const ids = the().full ? things.map(({ id }) => id) : [...seen.values()];
      for (const operation of operations.filter(({ kind, field }) => kind === 'query' && ['node', 'ticket'].includes(field)))
        await Promise.all([...ids, ticketId, contactId].map((id) => compare(operation, withId(schema, operation, ['id'], id))));
      const fieldOptions = operations.find(({ field }) => field === 'fieldOptions');
      if (fieldOptions) await compare(fieldOptions, { ...fieldOptions.variables, ...options });
    }
    // A root field that finds an object for one only is what perPerson is for; below it every difference is marked.
    const below = [...differing].filter((field) => !field.startsWith('Query.')).sort();
    const marked = personalFields(Object.keys(the().place.services));
    expect(below.filter((field) => !marked.includes(field))).toEqual([]);
    // Each mark is there for something: without it, the line above would fail.
    expect(marked.filter((field) => !below.includes(field))).toEqual(NEVER_SHARED);
  }, 240_000);
}

/** What a person leaves behind: a ticket of their own, favourites, a vote, a key. */
async function leaveTraces({ as, things }: Matrix): Promise<{ ticketId: string; contactId: string; options: object }> {
  const { hugo } = as;
  const { id: ticketId } = await open(hugo, 'technical-support', {}, { subject: 'Rastros' });
  const { formId } = await fill(hugo, 'technical-support');
  const options = { formId, field: 'originCountry' };
  const { fieldOptions } = await hugo.get(
    'query ($formId: ID!, $field: String!) { fieldOptions(formId: $formId, field: $field, first: 1) { edges { node { id } } } }',
    options,
  );
  const optionIds = [fieldOptions.edges[0].node.id];
  await hugo.get('mutation ($input: SaveFavoritesInput!) { saveFavorites(input: $input) { errors { code } } }', {
    input: { field: options.field, optionIds },
  });
  const articleId = things.find(({ name }) => name === 'article onda-presa-no-coletor')?.id;
  await hugo.get('mutation ($input: VoteArticleInput!) { voteArticle(input: $input) { errors { code } } }', {
    input: { articleId, helpful: true },
  });
  const key = {
    clientKey: clientKey(),
    name: 'rastros',
    scopes: ['READ'],
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    password: DEMO_PASSWORD,
  };
  await hugo.get('mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { errors { code } } }', { input: key });
  const { viewer } = await hugo.get('{ viewer { contacts { id } } }');
  return { ticketId, contactId: viewer.contacts[0].id, options };
}

type Tree = Record<string, unknown>;
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields, as `Type.field`, at which two answers to one operation part. */
function differences(one: Tree, other: Tree, type: string): string[] {
  return Object.entries(one).flatMap(([key, value]) => {
    if (VOLATILE.test(key)) return [];
    const field = `${type}.${key.replace(`${type}_`, '')}`;
    return partings(value, other[key], field);
  });
}

function partings(one: unknown, other: unknown, field: string): string[] {
  if (isTree(one) && isTree(other)) return differences(one, other, String(one.__typename));
  if (Array.isArray(one) && Array.isArray(other) && one.length === other.length)
    return one.flatMap((value, at) => partings(value, other[at], field));
  return JSON.stringify(one) === JSON.stringify(other) ? [] : [field];
}

/** Every `Type.field` that a service marks. */
export function personalFields(services: string[]): string[] {
  const marked = services.flatMap((service) => {
    const { definitions } = parse(readFileSync(join(repositoryRoot, 'services', service, 'schema.graphql'), 'utf8'));
    return definitions.flatMap((definition) =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION
        ? (definition.fields ?? []).flatMap(({ name, directives }) =>
            directives?.some((directive) => directive.name.value === 'personal') ? [`${definition.name.value}.${name.value}`] : [],
          )
        : [],
    );
  });
  return [...new Set(marked)].sort();
}
