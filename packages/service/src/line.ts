// biome-ignore lint/suspicious/noControlCharactersInRegex: they are exactly what a line of text must not contain
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;

/** Whether a text can stand in one line of a page, a mail header or a log: not empty, well-formed, nothing that breaks or turns it. */
export const isLine = (text: string, max: number): boolean =>
  text.trim() !== '' && text.length <= max && text.isWellFormed() && !CONTROL.test(text);
