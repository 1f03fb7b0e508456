/** Shortest and longest password, in characters. */
export const PASSWORD_LENGTH = { min: 12, max: 200 };

// Words behind the passwords that are tried first, in the three languages and of this product. Digits and signs around
// them add nothing: "Senha@123456" is the word senha.
const COMMON = [
  ...[
    'password',
    'passwort',
    'senha',
    'contrasena',
    'clave',
    'qwerty',
    'qwertyuiop',
    'asdfgh',
    'asdfghjkl',
    'zxcvbn',
    'zxcvbnm',
    'abc',
    'abcd',
    'abcdef',
  ],
  ...[
    'admin',
    'administrador',
    'administrator',
    'root',
    'usuario',
    'user',
    'login',
    'welcome',
    'bemvindo',
    'bienvenido',
    'mudar',
    'trocar',
    'change',
    'me',
  ],
  ...[
    'atende',
    'suporte',
    'support',
    'chamado',
    'portal',
    'empresa',
    'cliente',
    'teste',
    'test',
    'iloveyou',
    'amor',
    'teamo',
    'brasil',
    'flamengo',
  ],
  ...[
    'corinthians',
    'palmeiras',
    'santos',
    'vasco',
    'gremio',
    'cruzeiro',
    'futebol',
    'dragon',
    'monkey',
    'master',
    'letmein',
    'secret',
    'segredo',
    'my',
    'minha',
  ],
].sort((a, b) => b.length - a.length);

const LOOKALIKES: Record<string, string> = { '@': 'a', '4': 'a', '3': 'e', '1': 'i', '!': 'i', '0': 'o', $: 's', '5': 's', '7': 't' };

/** Whether a password is too easily guessed: too short or long, made of few characters, of common words, or of the login. */
export function isWeak(password: string, login: string): boolean {
  const length = [...password].length;
  if (length < PASSWORD_LENGTH.min || length > PASSWORD_LENGTH.max || !password.isWellFormed()) return true;
  const characters = new Set(password.toLowerCase());
  return characters.size < 6 || isRow(password) || namesLogin(password, login) || isCommon(password);
}

/** Letters as they are meant: without accents, with the usual stand-ins read back. */
const plain = (text: string): string =>
  [...text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()].map((character) => LOOKALIKES[character] ?? character).join('');

/** Nothing but digits, or nothing but common words once digits and signs are taken away or read as the letters they stand for. */
function isCommon(password: string): boolean {
  if (!/[^\d\s.,/-]/.test(password)) return true;
  const readings = [plain(password), password.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()];
  return readings.map((reading) => reading.replace(/\P{L}/gu, '')).some((letters) => letters !== '' && isMadeOf(letters));
}

function isMadeOf(letters: string): boolean {
  let rest = letters;
  for (const word of COMMON) rest = rest.replaceAll(word, '');
  return rest.length < 3;
}

/** The login's own name, with little around it. */
function namesLogin(password: string, login: string): boolean {
  const [name = ''] = login.split('@');
  return name.length >= 3 && password.toLowerCase().replaceAll(name, '').length < 8;
}

/** Characters that follow one another, up or down, for most of the length: 123456789012, abcdefghijkl. */
function isRow(password: string): boolean {
  const codes = [...password].map((character) => character.codePointAt(0) ?? 0);
  const steps = codes.slice(1).filter((code, index) => Math.abs(code - (codes[index] ?? 0)) <= 1).length;
  return steps >= (codes.length - 1) * 0.7;
}
