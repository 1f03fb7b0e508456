import type { QueryPlanFieldNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import type { Data } from './program.ts';

/** Objects as a service is asked for them. */
export interface Represented {
  /** JSON, without the brackets of the list. */
  text: string;
  /** How many there are: equal objects are asked for once. */
  count: number;
  /** For each target the place of its representation; -1: it cannot be asked for. */
  indexOf: number[];
}

export type Represent = (targets: readonly Data[]) => Represented;

interface Part {
  name: string;
  /** What stands before the value. */
  before: string;
  /** What is taken of an object; null: the value as it is. */
  inner: readonly Part[] | null;
}

/**
 * Compiles what a fetch requires of its objects: fields of one type condition each, and fields of those fields. Null for what is unusual
 * (aliases, conditions further inside, one object required twice), which is left to the stock executor.
 */
export function compileRequires(
  requires: readonly QueryPlanSelectionNode[],
  possibleTypes: Readonly<Record<string, readonly string[]>>,
): Represent | null {
  const fieldsOf = new Map<string, QueryPlanFieldNode[]>();
  for (const selection of requires) {
    if (selection.kind !== 'InlineFragment' || !selection.typeCondition) return null;
    for (const type of possibleTypes[selection.typeCondition] ?? [selection.typeCondition]) {
      const known = fieldsOf.get(type) ?? [];
      for (const field of selection.selections) {
        if (field.kind !== 'Field') return null;
        const twin = known.find(({ name }) => name === field.name);
        if (twin && (twin.selections || field.selections)) return null;
        if (!twin) known.push(field);
      }
      fieldsOf.set(type, known);
    }
  }
  const parts = new Map<unknown, readonly Part[]>();
  for (const [type, fields] of fieldsOf) {
    const compiled = compileFields(fields);
    if (!compiled) return null;
    parts.set(type, compiled);
  }
  const keys = [...(parts.values().next().value ?? [])].filter(({ name }) => name !== '__typename');
  // One type with one key, as nearly always: its values tell equal objects, and only new ones are written.
  const key = parts.size === 1 && keys.length === 1 && !keys[0]?.inner ? keys[0]?.name : undefined;
  return (targets) => represent(targets, parts, key);
}

function compileFields(fields: readonly QueryPlanSelectionNode[]): Part[] | null {
  const parts: Part[] = [];
  for (const field of fields) {
    if (field.kind !== 'Field' || field.alias || parts.some(({ name }) => name === field.name)) return null;
    const inner = field.selections ? compileFields(field.selections) : null;
    if (field.selections && !inner) return null;
    parts.push({ name: field.name, before: `${parts.length > 0 ? ',' : '{'}${JSON.stringify(field.name)}:`, inner });
  }
  return parts;
}

function represent(targets: readonly Data[], parts: ReadonlyMap<unknown, readonly Part[]>, key: string | undefined): Represented {
  const byKey = new Map<unknown, number>();
  const byText = new Map<string, number>();
  const indexOf: number[] = new Array(targets.length);
  const texts: string[] = [];
  for (let at = 0; at < targets.length; at += 1) indexOf[at] = place(targets[at] as Data);
  return { text: texts.join(), count: texts.length, indexOf };

  function place(target: Data): number {
    const value = key === undefined ? undefined : target[key];
    const isKey = typeof value === 'string';
    const known = isKey ? byKey.get(value) : undefined;
    if (known !== undefined && parts.has(target.__typename)) return known;
    const text = textOf(target, parts.get(target.__typename));
    if (text === null) return -1;
    const index = (isKey ? undefined : byText.get(text)) ?? texts.push(text) - 1;
    if (isKey) byKey.set(value, index);
    else byText.set(text, index);
    return index;
  }
}

/** Null when something is missing: an error upstream took it away, and was reported there. */
function textOf(target: Data, parts: readonly Part[] | undefined): string | null {
  if (!parts) return null;
  let text = '';
  for (const { name, before, inner } of parts) {
    const value = target[name];
    if (value === undefined) return null;
    text += before + (inner ? innerText(value, inner) : JSON.stringify(value));
  }
  return text === '' ? '{}' : `${text}}`;
}

function innerText(value: unknown, inner: readonly Part[]): string {
  if (Array.isArray(value)) return `[${value.map((element) => innerText(element, inner)).join()}]`;
  return typeof value === 'object' && value !== null ? (textOf(value as Data, inner) ?? 'null') : 'null';
}
