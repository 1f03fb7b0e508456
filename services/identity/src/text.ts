// biome-ignore lint/suspicious/noControlCharactersInRegex: they are exactly what a line of text must not contain
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;

/** Whether a text can stand in one line of a page, a mail header or a log: not empty, well-formed, nothing that breaks or turns it. */
export const isLine = (text: string, max: number): boolean =>
  text.trim() !== '' && text.length <= max && text.isWellFormed() && !CONTROL.test(text);

// What mail servers accept in practice: one @, a dot in the domain, 254 characters at most (RFC 5321).
const EMAIL = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** The form in which an e-mail address is a login: small letters, no space around. */
export const asLogin = (email: string): string => email.slice(0, 1_000).toWellFormed().normalize('NFC').trim().toLowerCase();

export const isEmail = (login: string): boolean => login.length <= 254 && EMAIL.test(login);
