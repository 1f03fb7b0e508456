import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { type FieldDefinitionNode, Kind, type ObjectTypeDefinitionNode, parse } from 'graphql';
import { repositoryRoot } from '../repository.ts';
import { services } from '../services.ts';
import { mayAsk } from './access.ts';
import { visible } from './visible.ts';

const isHidden = ({ directives }: ObjectTypeDefinitionNode | FieldDefinitionNode): boolean =>
  directives?.some(({ name }) => name.value === 'inaccessible') ?? false;

// The matrix says the same of the composed schema, on a whole stack; this says it at once.
it.each(services.map(({ name }) => name))('%s has no public root field, type or field that the matrix does not know', (service) => {
  const { definitions } = parse(readFileSync(join(repositoryRoot, 'services', service, 'schema.graphql'), 'utf8'));
  const objects = definitions.filter((definition) => definition.kind === Kind.OBJECT_TYPE_DEFINITION);
  const unknown = objects
    .filter((type) => !isHidden(type))
    .flatMap(({ name: { value: type }, fields = [] }) =>
      fields
        .filter((field) => !isHidden(field))
        .map(({ name }) => name.value)
        .filter((field) =>
          ['Query', 'Mutation'].includes(type) ? !mayAsk[field] : !visible[type]?.shown.some(([, known]) => known.includes(field)),
        )
        .map((field) => `${type}.${field}`),
    );
  expect(unknown).toEqual([]);
});
