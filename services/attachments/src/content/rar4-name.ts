/**
 * The names of a file in a RAR 1.5–4 header: plain bytes and, after a zero byte, the same name packed as UTF-16. Old
 * programs take the first, new ones the second, so both are judged.
 */
export function rar4Names(field: Buffer): string[] {
  const end = field.indexOf(0);
  if (end < 0) return [field.toString('utf8')];
  const plain = field.subarray(0, end);
  return [plain.toString('latin1'), String.fromCharCode(...unpackName(plain, field.subarray(end + 1)))];
}

/** Two bits of a flag byte say how the next characters are written. */
function unpackName(plain: Buffer, packed: Buffer): number[] {
  const characters: number[] = [];
  let position = 0;
  const next = (): number => packed[position++] ?? 0;
  const high = next() << 8;
  for (let flags = 0, bits = 0; position < packed.length; flags = (flags << 2) & 0xff, bits -= 2) {
    if (bits === 0) {
      flags = next();
      bits = 8;
    }
    const how = flags >> 6;
    if (how === 0) characters.push(next());
    else if (how === 1) characters.push(next() | high);
    else if (how === 2) characters.push(next() | (next() << 8));
    else characters.push(...repeated(plain, characters.length, next, high));
  }
  return characters;
}

/** A run taken over from the plain name, as it is or shifted into another page. */
function repeated(plain: Buffer, from: number, next: () => number, high: number): number[] {
  const length = next();
  const run = plain.subarray(from, from + (length & 0x7f) + 2);
  if (length < 0x80) return [...run];
  const shift = next();
  return [...run].map((byte) => ((byte + shift) & 0xff) | high);
}
