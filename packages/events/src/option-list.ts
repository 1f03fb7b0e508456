/** Which entries of the catalogue an option list holds. */
export interface OptionPlace {
  /** Of these lists of the catalogue, e.g. `MODULE`. */
  lists: readonly string[];
  depth: 'CHILDREN' | 'DESCENDANTS';
  /** Id of the entry above them; null: anywhere. */
  below: string | null;
}

/**
 * The id of an option list, the same in every form and service that names it: `lst_` and what it holds, in base64url.
 * Opaque to clients; equal places give equal ids.
 */
export const optionListId = ({ lists, depth, below }: OptionPlace): string =>
  `lst_${Buffer.from(JSON.stringify([lists.toSorted(), depth, below])).toString('base64url')}`;
