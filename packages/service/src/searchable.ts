const plain = /^[a-z0-9]+(?: [a-z0-9]+)*$/;

/** Small letters without accents and punctuation, one space between words: "Emissão de NF-e" is found by "emissao nf e". */
export const searchable = (text: string): string => (plain.test(text) ? text : simplify(text));

const simplify = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The words of a search, of its first 200 characters: what is compared with searchable texts. */
export const searchWords = (search: string): string[] => searchable(search.slice(0, 200)).split(' ').filter(Boolean);
