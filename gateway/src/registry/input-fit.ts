import {
  type GraphQLInputType,
  type GraphQLOutputType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql';

/** Something that a client relies on and a new schema has no more. */
export interface Break {
  /** `Ticket.subject`, `Query.tickets(first:)`, `TicketFilter.text`, `TicketStatus.OPEN`. */
  at: string;
  why: string;
}

/**
 * What breaks a client that sends values of `before` by variable, where `after` is expected. Nobody knows which of the fields and values of an
 * input such a client sends, so all of them count as sent.
 */
export function inputBreaks(before: GraphQLInputType, after: GraphQLInputType, seen = new Set<string>()): Break[] {
  if (isNonNullType(before)) return inputBreaks(before.ofType, isNonNullType(after) ? after.ofType : after, seen);
  // A variable that may be null where null is no longer taken is found by validation.
  if (isNonNullType(after)) return inputBreaks(before, after.ofType, seen);
  if (isListType(before)) return isListType(after) ? inputBreaks(before.ofType, after.ofType, seen) : [];
  if (isListType(after)) return inputBreaks(before, after.ofType, seen); // one value is a list of one
  if (before.name !== after.name || seen.has(before.name)) return [];
  seen.add(before.name);
  if (isEnumType(before) && isEnumType(after)) {
    const gone = before.getValues().filter(({ name }) => !after.getValue(name));
    return gone.map(({ name }) => ({ at: `${before.name}.${name}`, why: 'the value is no more, and it may be sent by variable' }));
  }
  if (!isInputObjectType(before) || !isInputObjectType(after)) return [];
  const fields = after.getFields();
  const known = before.getFields();
  const breaks = Object.values(known).flatMap(({ name, type }): Break[] => {
    const at = `${before.name}.${name}`;
    const next = fields[name];
    if (!next) return [{ at, why: 'the field is no more, and it may be sent by variable' }];
    if (!takes(next.type, type)) return [{ at, why: `was ${type} and is ${next.type}` }];
    return inputBreaks(type, next.type, seen);
  });
  const required = Object.values(fields).filter((field) => !known[field.name] && isRequiredInputField(field));
  return [...breaks, ...required.map(({ name }) => ({ at: `${before.name}.${name}`, why: 'is new and required' }))];
}

/** Whether every value of `before` is one of `after`, as far as types tell. */
function takes(after: GraphQLInputType, before: GraphQLInputType): boolean {
  if (isNonNullType(after)) return isNonNullType(before) && takes(after.ofType, before.ofType);
  if (isNonNullType(before)) return takes(after, before.ofType);
  if (isListType(after)) return isListType(before) ? takes(after.ofType, before.ofType) : takes(getNullableType(after.ofType), before);
  return !isListType(before) && after.name === before.name;
}

/** Whether a client that reads `before` can read `after`: the same, or never null where it could be. */
export function reads(before: GraphQLOutputType, after: GraphQLOutputType): boolean {
  if (isNonNullType(before)) return isNonNullType(after) && reads(before.ofType, after.ofType);
  if (isNonNullType(after)) return reads(before, after.ofType);
  if (isListType(before)) return isListType(after) && reads(before.ofType, after.ofType);
  return !isListType(after) && before.name === after.name;
}
