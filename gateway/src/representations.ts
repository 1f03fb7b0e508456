import type { QueryPlanSelectionNode } from '@apollo/query-planner';
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
}

/**
 * Compiles what a fetch requires of its objects. Only flat keys of one type condition each are known here, as nearly every key is; null
 * for others.
 */
export function compileRequires(
  requires: readonly QueryPlanSelectionNode[],
  possibleTypes: Readonly<Record<string, readonly string[]>>,
): Represent | null {
  const names = new Map<string, string[]>();
  for (const selection of requires) {
    if (selection.kind !== 'InlineFragment' || !selection.typeCondition) return null;
    const fields = selection.selections.map((field) => (field.kind === 'Field' && !field.alias && !field.selections ? field.name : null));
    if (fields.includes(null)) return null;
    for (const type of possibleTypes[selection.typeCondition] ?? [selection.typeCondition]) {
      const known = names.get(type) ?? [];
      names.set(type, [...known, ...fields.filter((field) => field !== null && !known.includes(field)).map(String)]);
    }
  }
  const parts = new Map([...names].map(([type, fields]) => [type, fields.map(partOf)]));
  const keys = [...(names.values().next().value ?? [])].filter((name) => name !== '__typename');
  // One type with one key, as nearly always: its values tell equal objects, and only new ones are written.
  const key = names.size === 1 && keys.length === 1 ? keys[0] : undefined;
  return (targets) => represent(targets, parts, key);
}

const partOf = (name: string, at: number): Part => ({ name, before: `${at > 0 ? ',' : '{'}${JSON.stringify(name)}:` });

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

function textOf(target: Data, parts: readonly Part[] | undefined): string | null {
  if (!parts) return null;
  let text = '';
  for (const { name, before } of parts) {
    const value = target[name];
    // Missing: an error upstream took it away, and was reported there.
    if (value === undefined) return null;
    text += before + JSON.stringify(value);
  }
  return text === '' ? '{}' : `${text}}`;
}
