// What mail servers accept in practice: one @, a dot in the domain, 254 characters at most (RFC 5321).
const EMAIL = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** The form in which an e-mail address is a login: small letters, no space around. */
export const asLogin = (email: string): string => email.slice(0, 1_000).toWellFormed().normalize('NFC').trim().toLowerCase();

export const isEmail = (login: string): boolean => login.length <= 254 && EMAIL.test(login);
