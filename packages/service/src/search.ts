import type { ReferenceLoader } from './context.ts';
import { ErrorCode, RequestError } from './errors.ts';

/** Characters a search may have. */
export const longestSearch = 200;

/**
 * The loader of `SearchResult` for `references`: a service takes part in `search` with it and a field resolver of its section,
 * which gets the text without the spaces around it, 1 to 200 characters.
 */
export const searchResults: ReferenceLoader = async (_context, texts) =>
  texts.map((text) => {
    const trimmed = text.trim();
    if (trimmed.length === 0 || trimmed.length > longestSearch) {
      throw new RequestError(ErrorCode.BAD_USER_INPUT, `Search for 1 to ${longestSearch} characters.`);
    }
    return { id: text, text: trimmed };
  });
