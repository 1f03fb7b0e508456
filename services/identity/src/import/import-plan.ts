import { ErrorCode, type Fault } from '@atende/service';
import type { Contact } from '../contact/contact.ts';
import type { ContactLine } from './contact-line.ts';

export const outcomes = ['CREATED', 'UPDATED', 'UNCHANGED', 'REFUSED'] as const;
export type Outcome = (typeof outcomes)[number];

export interface PlannedLine extends ContactLine {
  outcome: Outcome;
  /** The organization's contact with this address, if it has one. */
  contact: Contact | null;
}

/**
 * What becomes of each line, before anything is changed. `administrators`: how many active ones the organization has now.
 * Who becomes one anywhere in the file counts before anybody goes, so that the order of lines does not matter.
 */
export function planImport(lines: ContactLine[], known: ReadonlyMap<string, Contact>, administrators: number): PlannedLine[] {
  const planned = lines.map((line) => plan(line, known.get(line.login) ?? null));
  let left = administrators + planned.filter(isComing).length;
  return planned.map((line) => {
    if (line.outcome !== 'UPDATED' || !line.contact?.isLeaving(line.said)) return line;
    if (left === 1) return refused(line, { code: ErrorCode.LAST_ADMINISTRATOR, field: ['administrator'] });
    left -= 1;
    return line;
  });
}

function plan(line: ContactLine, contact: Contact | null): PlannedLine {
  const planned = { ...line, contact, outcome: 'UNCHANGED' as Outcome };
  if (line.faults.length > 0) return refused(planned);
  if (contact) return { ...planned, outcome: contact.isNews(line.said) ? 'UPDATED' : 'UNCHANGED' };
  if (line.said.active === false) return planned; // no contact, and none is wanted
  return line.said.name === undefined
    ? refused(planned, { code: ErrorCode.REQUIRED, field: ['name'] })
    : { ...planned, outcome: 'CREATED' };
}

const refused = (line: PlannedLine, ...faults: Fault[]): PlannedLine => ({
  ...line,
  outcome: 'REFUSED',
  faults: [...line.faults, ...faults],
});

function isComing({ outcome, contact, said }: PlannedLine): boolean {
  if (outcome === 'CREATED') return said.administrator === true;
  if (outcome !== 'UPDATED' || !contact || (contact.administrator && contact.active)) return false;
  return (said.administrator ?? contact.administrator) && (said.active ?? contact.active);
}
