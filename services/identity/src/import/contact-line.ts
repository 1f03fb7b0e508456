import { ErrorCode, type Fault } from '@atende/service';
import { flagOf } from '@atende/service/table';
import { type ContactChanges, scopes } from '../contact/contact.ts';
import { contactFaults, faultsUnder } from '../contact/contact-input.ts';
import { asLogin } from '../text.ts';
import { type Column, scopeOf } from './contact-columns.ts';
import type { ContactRow } from './contact-table.ts';

/** What one line of the file says, and everything that is wrong with it. */
export interface ContactLine {
  line: number;
  login: string;
  /** What the organization says about its contact; what is absent stays as it is. */
  said: ContactChanges;
  /** Of a person new to the portal only. */
  language?: string;
  timeZone?: string;
  faults: Fault[];
}

/** Judges every line by itself, and each address once: it counts where it stands first. */
export function contactLines(rows: ContactRow[]): ContactLine[] {
  const first = new Map<string, number>();
  return rows.map((row) => {
    const line = contactLine(row);
    const before = first.get(line.login);
    if (before === undefined) first.set(line.login, line.line);
    else if (line.login !== '') line.faults.push({ code: ErrorCode.DUPLICATE_LINE, field: ['email'], params: { line: before } });
    return line;
  });
}

const flags = ['mayOpen', 'administrator', 'serviceManager', 'active'] as const satisfies readonly Column[];

function contactLine({ line, cells }: ContactRow): ContactLine {
  if (!cells) return { line, login: '', said: {}, faults: [{ code: ErrorCode.NOT_CSV, field: [] }] };
  const { email = '', name, phone, language, timeZone, scope } = cells;
  const faults = faultsUnder([], contactFaults({ email, name, phone, language, timeZone }));
  const one = <Value>(column: Column, read: (text: string) => Value | undefined, options: string): Value | undefined => {
    const text = cells[column];
    const value = text === undefined ? undefined : read(text);
    if (text !== undefined && value === undefined) faults.push({ code: ErrorCode.NOT_AN_OPTION, field: [column], params: { options } });
    return value;
  };
  const said = {
    name,
    phone,
    scope: scope === undefined ? undefined : one('scope', scopeOf, scopes.join(', ')),
    ...Object.fromEntries(flags.map((flag) => [flag, one(flag, flagOf, 'sim/não, yes/no, sí/no')])),
  };
  const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  return { line, login: asLogin(email), said: given, language, timeZone, faults };
}
