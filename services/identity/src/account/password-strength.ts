/** Shortest and longest password, in characters. */
export const PASSWORD_LENGTH = { min: 12, max: 200 };

/** Whose password it is: what is theirs is guessed first. */
export interface Owner {
  login: string;
  name: string;
}

// What somebody types first here: the product, what it is for, and the word password. Digits and signs around them add
// nothing. Common words of the languages, names and keyboard rows are the dictionaries' (password-worker.ts).
const HOUSE = [
  ...['atende', 'suporte', 'support', 'soporte', 'chamado', 'ticket', 'portal', 'cliente', 'empresa', 'acesso'],
  ...['senha', 'password', 'contrasena', 'clave', 'mudar', 'trocar', 'change'],
];

const LOOKALIKES: Record<string, string> = { '@': 'a', '4': 'a', '3': 'e', '1': 'i', '!': 'i', '0': 'o', $: 's', '5': 's', '7': 't' };

/** What is guessed first of a person: the house's words, and the parts of their login and name. */
export const guessedFirst = ({ login, name }: Owner): string[] => [
  ...HOUSE,
  ...`${login} ${name}`
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length >= 3),
];

/** Whether it is weak at a glance: too short or long, half a character, digits only, or made of what is guessed first. */
export function isPlainlyWeak(password: string, owner: Owner): boolean {
  const length = [...password].length;
  if (length < PASSWORD_LENGTH.min || length > PASSWORD_LENGTH.max || !password.isWellFormed()) return true;
  return !/[^\d\s.,/-]/.test(password) || isMadeOf(password, guessedFirst(owner));
}

/** Nothing but these words once digits and signs are taken away, or read as the letters that they stand for. */
function isMadeOf(password: string, words: string[]): boolean {
  const plain = unaccented(password);
  const read = [...plain].map((character) => LOOKALIKES[character] ?? character).join('');
  const longestFirst = words.map(unaccented).sort((a, b) => b.length - a.length);
  return [plain, read].some((text) => {
    const letters = text.replace(/\P{L}/gu, '');
    const rest = longestFirst.reduce((left, word) => left.replaceAll(word, ''), letters);
    return rest.length < 3 && rest.length < letters.length;
  });
}

const unaccented = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
