import type { ResolvedEntry } from '../catalogue/catalogue.ts';
import type { OptionSource } from './form.ts';
import { isUnder } from './form-condition.ts';

export type OptionFault = 'NOT_AN_OPTION' | 'OPTION_OF_ANOTHER_PARENT' | 'OPTION_RETIRED';

/**
 * May this entry be chosen here? `above` is the option chosen in the parent field; null where nothing valid is
 * chosen there, and then nothing below can be right either.
 */
export function optionFault(source: OptionSource, entry: ResolvedEntry | undefined, above: ResolvedEntry | null): OptionFault | null {
  if (!entry || !source.levels.includes(entry.level)) return 'NOT_AN_OPTION';
  if (source.root !== undefined && !reaches(entry, source.root, source.parent === undefined ? source.depth : 'DESCENDANTS')) {
    return 'NOT_AN_OPTION';
  }
  if (source.parent !== undefined && (above === null || !reaches(entry, above.path, source.depth))) return 'OPTION_OF_ANOTHER_PARENT';
  return entry.retired ? 'OPTION_RETIRED' : null;
}

const reaches = (entry: ResolvedEntry, top: string, depth: OptionSource['depth']): boolean =>
  depth === 'CHILDREN' ? entry.path.slice(0, entry.path.lastIndexOf('/')) === top : entry.path !== top && isUnder(entry.path, top);
