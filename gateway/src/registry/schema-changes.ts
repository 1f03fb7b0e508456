import { type GraphQLArgument, type GraphQLNamedType, type GraphQLSchema, isEnumType, isInputObjectType, isUnionType } from 'graphql';

export interface Change {
  sign: '+' | '-' | '~';
  /** `Ticket.subject: String!`, `Status.OPEN`, for `~` both: `Ticket.subject: String! → String`. */
  what: string;
}

/** What a reader of both schemas would notice, sorted by place. */
export function schemaChanges(before: GraphQLSchema | null, after: GraphQLSchema): Change[] {
  const [was, is] = [before ? described(before) : new Map<string, string>(), described(after)];
  const changes: Change[] = [];
  for (const place of [...new Set([...was.keys(), ...is.keys()])].sort()) {
    const [old, now] = [was.get(place), is.get(place)];
    if (old === now) continue;
    // A type that comes or goes says it all: its fields are told for what stays only, and for what comes.
    if (now === undefined && !is.has(ownerOf(place)) && place !== ownerOf(place)) continue;
    if (old === undefined) changes.push({ sign: '+', what: place + now });
    else if (now === undefined) changes.push({ sign: '-', what: place + old });
    else changes.push({ sign: '~', what: `${place}${old} → ${now.replace(/^: /, '')}` });
  }
  return changes;
}

const ownerOf = (place: string): string => place.split('.', 1)[0] ?? place;

/** Coordinate → what stands there. */
function described(schema: GraphQLSchema): Map<string, string> {
  const places = new Map<string, string>();
  for (const type of Object.values(schema.getTypeMap())) if (!type.name.startsWith('__')) describe(type, places);
  return places;
}

function describe(type: GraphQLNamedType, places: Map<string, string>): void {
  const { name } = type;
  const interfaces = 'getInterfaces' in type ? type.getInterfaces().map((one) => one.name) : [];
  places.set(name, interfaces.length > 0 ? ` implements ${interfaces.sort().join(', ')}` : '');
  if (isEnumType(type)) {
    for (const value of type.getValues()) places.set(`${name}.${value.name}`, deprecation(value));
  } else if (isUnionType(type)) {
    for (const member of type.getTypes()) places.set(`${name}.${member.name}`, '');
  } else if (isInputObjectType(type)) {
    for (const field of Object.values(type.getFields())) places.set(`${name}.${field.name}`, argument(field));
  } else if ('getFields' in type) {
    for (const field of Object.values(type.getFields())) {
      places.set(`${name}.${field.name}`, `: ${field.type}${deprecation(field)}`);
      for (const given of field.args) places.set(`${name}.${field.name}(${given.name}:)`, argument(given));
    }
  }
}

const argument = (given: Pick<GraphQLArgument, 'type' | 'defaultValue' | 'deprecationReason'>): string =>
  `: ${given.type}${given.defaultValue === undefined ? '' : ` = ${JSON.stringify(given.defaultValue)}`}${deprecation(given)}`;

const deprecation = ({ deprecationReason }: { deprecationReason?: string | null }): string => (deprecationReason ? ' @deprecated' : '');
