import { ErrorCode, type Fault, isLine, type Language, languages } from '@atende/service';
import { asLogin, isEmail } from '../text.ts';

/** Longest texts of a contact, in characters. */
const MAX_NAME = 120;
const PHONE = /^\+?[\d ().-]{6,30}$/;

interface Typed {
  email?: string;
  name?: string | null;
  phone?: string | null;
  language?: string | null;
  timeZone?: string | null;
}

/** Everything that is wrong with what was typed about a contact, at once. What is absent is not judged. */
export function contactFaults({ email, name, phone, language, timeZone }: Typed): Fault[] {
  return [
    ...(email === undefined || isEmail(asLogin(email)) ? [] : [notAnEmail(email)]),
    ...(name === undefined ? [] : nameFaults(name ?? '')),
    ...(phone === undefined || phone === null || PHONE.test(phone) ? [] : [bad('phone')]),
    ...(language === undefined || language === null || isLanguage(language) ? [] : [bad('language')]),
    ...(timeZone === undefined || timeZone === null || isTimeZone(timeZone) ? [] : [bad('timeZone')]),
  ];
}

const bad = (field: string): Fault => ({ code: ErrorCode.BAD_USER_INPUT, field: ['input', field] });

function notAnEmail(email: string): Fault {
  const value = asLogin(email).slice(0, 80);
  return value === ''
    ? { code: ErrorCode.REQUIRED, field: ['input', 'email'] }
    : { code: ErrorCode.NOT_AN_EMAIL, field: ['input', 'email'], params: { value } };
}

function nameFaults(name: string): Fault[] {
  const field = ['input', 'name'];
  if (name.trim() === '') return [{ code: ErrorCode.REQUIRED, field }];
  if (name.length > MAX_NAME) return [{ code: ErrorCode.TOO_LONG, field, params: { max: MAX_NAME, length: name.length } }];
  return isLine(name, MAX_NAME) ? [] : [bad('name')];
}

export const isLanguage = (text: string): text is Language => (languages as readonly string[]).includes(text);

function isTimeZone(text: string): boolean {
  try {
    // Names only: an offset such as +03:00 says nothing about summer time.
    return /^[A-Za-z]/.test(text) && text.length <= 64 && Boolean(new Intl.DateTimeFormat('en', { timeZone: text }));
  } catch {
    return false; // a RangeError says that there is no such zone
  }
}

/** The same faults of a part of an input, e.g. under `['input', 'administrator']`. */
export const faultsUnder = (path: string[], faults: Fault[]): Fault[] =>
  faults.map((fault) => ({ ...fault, field: [...path, ...(fault.field?.slice(1) ?? [])] }));
