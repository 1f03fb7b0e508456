export const personalDataKinds = ['CPF', 'CNPJ', 'CARD'] as const;
export type PersonalDataKind = (typeof personalDataKinds)[number];

/** A number in a text that passes its check digits. Positions are UTF-16 units, as a text field counts them. */
export interface PersonalData {
  kind: PersonalDataKind;
  start: number;
  /** exclusive */
  end: number;
}

interface Shape {
  kind: PersonalDataKind;
  /** with the punctuation that people write between the digits */
  written: string;
  isValid: (digits: string) => boolean;
}

const cardLengths = [19, 16, 15, 14, 13]; // longest first: a card of 13 digits may hide in one of 16

const shapes: readonly Shape[] = [
  // Since 2026 a CNPJ may have capital letters before its check digits.
  { kind: 'CNPJ', written: String.raw`[0-9A-Z]{2}\.?[0-9A-Z]{3}\.?[0-9A-Z]{3}[/ ]?[0-9A-Z]{4}[- ]?\d{2}`, isValid: isCnpj },
  { kind: 'CPF', written: String.raw`\d{3}[. ]?\d{3}[. ]?\d{3}[- ]?\d{2}`, isValid: isCpf },
  ...cardLengths.map((length): Shape => ({ kind: 'CARD', written: String.raw`[2-6](?:[ -]?\d){${length - 1}}`, isValid: isCard })),
];

// A number is never part of a longer number or word. The look-ahead finds the overlapping ones too: "2024 4111 1111 …".
const whole = (written: string): RegExp => new RegExp(String.raw`(?<![\p{L}\p{N}])(?=(${written})(?![\p{L}\p{N}]))`, 'gu');
const finders = shapes.map((shape) => ({ ...shape, pattern: whole(shape.written) }));

/** Every CPF, CNPJ and card number in a text, in order, none inside another. */
export function findPersonalData(words: string): PersonalData[] {
  const found: PersonalData[] = [];
  const taken = new Uint8Array(words.length); // one by one, a text full of numbers would cost its square
  for (const { kind, pattern, isValid } of finders) {
    for (const match of words.matchAll(pattern)) {
      const number = match[1] ?? '';
      const [start, end] = [match.index, match.index + number.length];
      if (taken.subarray(start, end).includes(1) || !isValid(number.replace(/[^0-9A-Z]/g, ''))) continue;
      taken.fill(1, start, end);
      found.push({ kind, start, end });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** The same text with every digit and letter of such numbers replaced, its length and punctuation kept. */
export function maskPersonalData(words: string, found: readonly PersonalData[] = findPersonalData(words)): string {
  const masked = found.map(({ start, end }, at) => {
    const before = words.slice(found[at - 1]?.end ?? 0, start);
    return before + words.slice(start, end).replace(/[0-9A-Za-z]/g, '•');
  });
  return [...masked, words.slice(found.at(-1)?.end ?? 0)].join('');
}

const isRepeated = (digits: string): boolean => /^(.)\1*$/.test(digits);

/** Both check digits are sums with falling weights, modulo 11; a letter counts as its character code less 48. */
function checkDigit(digits: string, weights: readonly number[]): number {
  const sum = weights.reduce((total, weight, index) => total + weight * (digits.charCodeAt(index) - 48), 0);
  return sum % 11 < 2 ? 0 : 11 - (sum % 11);
}

function isCpf(digits: string): boolean {
  if (isRepeated(digits)) return false; // 111.111.111-11 passes the sums and is nobody's
  const first = checkDigit(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]);
  const second = checkDigit(digits, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
  return digits.endsWith(`${first}${second}`);
}

function isCnpj(digits: string): boolean {
  if (isRepeated(digits)) return false;
  const weights = [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];
  return digits.endsWith(`${checkDigit(digits, weights)}${checkDigit(digits, [6, ...weights])}`);
}

// Visa, Mastercard, American Express, Diners, Elo and the like: their first digits go with their lengths.
const schemes = /^(?:4(?:\d{12}|\d{15}|\d{18})|5\d{15}|2[2-7]\d{14}|3[47]\d{13}|3[068]\d{12}|6\d{15}(?:\d{3})?)$/;

/** Luhn's sum: every second digit from the right counts twice. */
function isCard(digits: string): boolean {
  if (!schemes.test(digits) || isRepeated(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = index % 2 === 0 ? Number(digit) : Number(digit) * 2;
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
