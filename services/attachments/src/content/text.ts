/** Bytes as text, if they are text: UTF-8, a one-byte encoding, or UTF-16 with its mark. */
export function readAsText(head: Buffer): string | null {
  if (head.length >= 2 && head[0] === 0xff && head[1] === 0xfe) return head.subarray(2, 2 + ((head.length - 2) & ~1)).toString('utf16le');
  if (head.length >= 2 && head[0] === 0xfe && head[1] === 0xff)
    return Buffer.from(head.subarray(2, 2 + ((head.length - 2) & ~1)))
      .swap16()
      .toString('utf16le');
  const text = head.toString('utf8').replace(/^\uFEFF/, '');
  // Terminals leave escapes in their logs, a crash a few zero bytes; a program is full of such bytes.
  const odd = head.filter(
    (byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c && byte !== 0x1b,
  ).length;
  return odd * 100 <= head.length ? text : null;
}

const RUNS_IN_A_BROWSER = /^<(?:[\w-]+:)?(?:html|head|body|script|iframe|frameset|object|embed|svg|style)[\s/>]/i;
const SKIPPED = /^(?:\s+|<\?xml\s[^>]*\?>|<!--[\s\S]*?-->)/;
const ACTIVE_NAMESPACES = /\bxmlns(?::[\w-]+)?\s*=\s*["']http:\/\/www\.w3\.org\/(?:1999\/xhtml|2000\/svg|1999\/XSL\/Transform)["']/i;

/** What a text would do when opened as what it is: a script to run, a page to show, or nothing. */
export function sniffText(text: string): 'SCRIPT' | 'PAGE' | null {
  if (/^#!/.test(text)) return 'SCRIPT';
  let rest = text;
  for (let skipped = SKIPPED.exec(rest); skipped; skipped = SKIPPED.exec(rest)) rest = rest.slice(skipped[0].length);
  if (/^<\?(?:php|=)/i.test(rest) || /^<%/.test(rest)) return 'SCRIPT';
  if (/^<!doctype\s+(?:html|svg)\b/i.test(rest) || /^<\?xml-stylesheet\s/i.test(rest)) return 'PAGE';
  // Entities of a document's own are how an XML bomb is built.
  if (/^<!doctype\s/i.test(rest) && /<!entity\s/i.test(rest)) return 'PAGE';
  if (RUNS_IN_A_BROWSER.test(rest)) return 'PAGE';
  if (rest.startsWith('<') && ACTIVE_NAMESPACES.test(rest)) return 'PAGE';
  return null;
}
