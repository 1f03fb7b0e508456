export type PersonalDataKind = 'CPF' | 'CNPJ' | 'CARD';

/** A number in a text that passes its check digits. Positions are UTF-16 units, as a text field counts them. */
export interface PersonalData {
  kind: PersonalDataKind;
  start: number;
  /** exclusive */
  end: number;
}

// Digits (for a CNPJ since 2026 also letters) with the punctuation people write between them; never inside a longer number or word.
const candidates: readonly { kind: PersonalDataKind; pattern: RegExp; isValid: (digits: string) => boolean }[] = [
  {
    kind: 'CNPJ',
    pattern: /(?<![\p{L}\p{N}])[0-9A-Z]{2}\.?[0-9A-Z]{3}\.?[0-9A-Z]{3}[/ ]?[0-9A-Z]{4}[- ]?\d{2}(?![\p{L}\p{N}])/giu,
    isValid: isCnpj,
  },
  { kind: 'CPF', pattern: /(?<![\p{L}\p{N}])\d{3}[. ]?\d{3}[. ]?\d{3}[- ]?\d{2}(?![\p{L}\p{N}])/gu, isValid: isCpf },
  { kind: 'CARD', pattern: /(?<![\p{L}\p{N}])[2-6]\d{3}(?:[ -]?\d){8,15}(?![\p{L}\p{N}])/gu, isValid: isCard },
];

/** Every CPF, CNPJ and card number in a text, in order, none inside another. */
export function findPersonalData(words: string): PersonalData[] {
  const found: PersonalData[] = [];
  for (const { kind, pattern, isValid } of candidates) {
    for (const match of words.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      const isFree = found.every((other) => end <= other.start || other.end <= start);
      if (isFree && isValid(match[0].replace(/[^0-9A-Za-z]/g, '').toUpperCase())) found.push({ kind, start, end });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** The same text with every digit and letter of such numbers replaced, its length and punctuation kept. */
export function maskPersonalData(words: string): string {
  return findPersonalData(words).reduce(
    (masked, { start, end }) => masked.slice(0, start) + masked.slice(start, end).replace(/[0-9A-Za-z]/g, '•') + masked.slice(end),
    words,
  );
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

/** Luhn's sum, for the lengths and first digits that card schemes use. */
function isCard(digits: string): boolean {
  if (isRepeated(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = index % 2 === 0 ? Number(digit) : Number(digit) * 2;
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
