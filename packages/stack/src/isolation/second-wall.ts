import { demoId } from '@atende/service/ids';
import type { Viewer } from '@atende/service/process';
import { buildViewer, type TestService } from '@atende/service/testing';
import { buildSchema } from 'graphql';
import { entitiesOf } from './entities.ts';
import { type Operation, operationsOf, withId } from './operations.ts';

// For tests of the second wall alone: a service whose every application check answers yes, so that row-level security is
// all there is. One service per test file: a process holds the classes of one.

const contact = (email: string, client: string, scope: 'OWN' | 'ORGANIZATION'): Viewer =>
  buildViewer({
    personId: demoId('per', email),
    contacts: [
      {
        id: demoId('con', email),
        organizationId: demoId('org', client),
        scope,
        mayOpen: true,
        administrator: false,
        serviceManager: false,
      },
    ],
  });

/** Sees all of Globex. */
export const gisele = contact('gisele@globex.example', 'GLBX01', 'ORGANIZATION');
/** Sees own tickets only. */
export const bruno = contact('bruno@acme.example', 'ACME01', 'OWN');

/** Everything a viewer gets out of a service: every query, every place for an id, every entity. */
export async function everythingFrom(service: TestService, name: string, viewer: Viewer, ids: string[]): Promise<string> {
  const { data } = await service.ask(viewer, '{ _service { sdl } }');
  const schema = buildSchema(withoutFederation(data._service.sdl), { assumeValidSDL: true });
  const texts: string[] = [];
  const ask = async (document: string, variables: object): Promise<void> => {
    texts.push(JSON.stringify((await service.ask(viewer, document, variables as Record<string, unknown>)).data));
  };
  const isAsked = ({ kind, field }: Operation): boolean => kind === 'query' && !field.startsWith('_');
  for (const operation of operationsOf(schema, 2).filter(isAsked)) {
    await ask(operation.document, operation.variables);
    for (const path of operation.idPaths) for (const id of ids) await ask(operation.document, withId(schema, operation, path, id));
  }
  for (const { type, fields } of entitiesOf(name)) {
    const document = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${type} { ${fields.join(' ')} } } }`;
    await ask(document, { representations: ids.map((id) => ({ __typename: type, id })) });
  }
  return texts.join('\n');
}

const withoutFederation = (sdl: string): string => sdl.replace(/extend schema[\s\S]*?\n\n/, '');
