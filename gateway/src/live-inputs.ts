import { Kind, print, type TypeDefinitionNode, visit } from 'graphql';
import { type EntryMark, type LiveMark, namedType } from './live-marks.ts';
import { type Problem, type ServiceDocument, typesOf } from './service-document.ts';

const BUILT_IN = new Set(['ID', 'String', 'Int', 'Float', 'Boolean']);

/**
 * Copies of the scalars, enums and input objects that the live fields' arguments need, as their services define them.
 * Composition keeps only what every subgraph knows of an input, so a copy must be whole.
 */
export function argumentTypes(lives: readonly (LiveMark | EntryMark)[], problems: Problem[]): TypeDefinitionNode[] {
  const copies = new Map<string, { service: string; definition: TypeDefinitionNode }>();
  for (const { service, field } of lives) {
    for (const argument of field.arguments ?? []) copyType(namedType(argument.type), service);
  }
  return [...copies.values()].map(({ definition }) => definition);

  function copyType(name: string, service: ServiceDocument): void {
    if (BUILT_IN.has(name)) return;
    const found = typesOf(service).find((type) => type.name.value === name && type.kind !== Kind.OBJECT_TYPE_EXTENSION);
    if (!found || !isInput(found.kind)) {
      problems.push({
        service: service.name,
        at: '@live',
        message: `the argument type ${name} is not a scalar, enum or input of this service`,
      });
      return;
    }
    const definition = bare(found as TypeDefinitionNode);
    const before = copies.get(name);
    if (before) {
      if (print(before.definition) !== print(definition)) {
        problems.push({ service: service.name, at: name, message: `differs from the input of that name in ${before.service}` });
      }
      return;
    }
    copies.set(name, { service: service.name, definition });
    if (definition.kind !== Kind.INPUT_OBJECT_TYPE_DEFINITION) return;
    for (const field of definition.fields ?? []) copyType(namedType(field.type), service);
  }
}

function isInput(kind: string): boolean {
  return kind === Kind.SCALAR_TYPE_DEFINITION || kind === Kind.ENUM_TYPE_DEFINITION || kind === Kind.INPUT_OBJECT_TYPE_DEFINITION;
}

/** Without descriptions and directives: the owner's stand in the supergraph, a second set would only differ from them. */
function bare(definition: TypeDefinitionNode): TypeDefinitionNode {
  return visit(definition, {
    Directive: () => null,
    StringValue: (node, _key, parent) => (parent && 'description' in parent && parent.description === node ? null : undefined),
  });
}
