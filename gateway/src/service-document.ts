import { type DocumentNode, GraphQLError, Kind, parse, type TypeDefinitionNode, type TypeExtensionNode } from 'graphql';

/** What composition takes from one service: its name, its printed SDL and where it listens. */
export interface ServiceSdl {
  name: string;
  sdl: string;
  url: string;
}

/** A service's SDL after parsing. */
export interface ServiceDocument {
  name: string;
  url: string;
  document: DocumentNode;
}

/** One reason why a graph does not compose, said so that its author finds the place. */
export interface Problem {
  /** The service whose SDL is at fault, `*` where only all of them together are. */
  service: string;
  /** Type, field or line inside that SDL. */
  at: string;
  message: string;
}

export function parseService(service: ServiceSdl, problems: Problem[]): ServiceDocument | null {
  try {
    return { name: service.name, url: service.url, document: parse(service.sdl) };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const line = error.locations?.[0];
    problems.push({ service: service.name, at: line ? `line ${line.line}` : 'its SDL', message: error.message });
    return null;
  }
}

type NamedType = TypeDefinitionNode | TypeExtensionNode;

const TYPE_KINDS: ReadonlySet<string> = new Set([
  Kind.SCALAR_TYPE_DEFINITION,
  Kind.OBJECT_TYPE_DEFINITION,
  Kind.INTERFACE_TYPE_DEFINITION,
  Kind.UNION_TYPE_DEFINITION,
  Kind.ENUM_TYPE_DEFINITION,
  Kind.INPUT_OBJECT_TYPE_DEFINITION,
  Kind.OBJECT_TYPE_EXTENSION,
]);

/** Every type a service defines or extends, in the order of its text. */
export function typesOf(service: ServiceDocument): NamedType[] {
  return service.document.definitions.filter((definition): definition is NamedType => TYPE_KINDS.has(definition.kind));
}
