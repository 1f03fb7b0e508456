import type { Broken } from './operations-check.ts';
import type { Publication } from './publication.ts';
import type { Outcome, Proposal } from './publish.ts';
import { REMEMBERED_DAYS } from './seen-operation.ts';

const MOST_LINES = 200; // of one list; a first publication has thousands

/** What a person reads about an outcome. */
export function outcomeLines(
  { verdict, version, changes, check }: Outcome,
  { service, forced }: Pick<Proposal, 'service' | 'forced'>,
): string[] {
  if (verdict === 'UNCHANGED') return [`Nothing to publish: publication ${version} holds this schema of ${service} already.`];
  const { broken, operations, warnings } = check;
  const diff = changes.length === 0 ? ['  nothing that clients can see'] : shortened(changes.map(({ sign, what }) => `  ${sign} ${what}`));
  const looked = `Checked ${count(operations, 'operation')} that clients sent in the last ${REMEMBERED_DAYS} days or that are stored.`;
  return [
    `What changes for clients:`,
    ...diff,
    looked,
    ...warnings.map((warning) => `Note: ${warning}`),
    ...(broken.length > 0 ? [`${count(broken.length, 'operation')} would break:`, ...shortened(broken.flatMap(brokenLines))] : []),
    ...closing(verdict, version, service, broken.length > 0 ? forced : undefined),
  ];
}

function closing(verdict: Outcome['verdict'], version: number, service: string, forced: string | undefined): string[] {
  const because = forced === undefined ? '' : ` all the same: ${forced}`;
  if (verdict === 'PUBLISHED') return [`Published as ${version}${because}.`];
  if (verdict === 'WOULD_PUBLISH') return [`Would be published after ${version}${because}. Nothing was written.`];
  return [
    `Not published: publication ${version} stays.`,
    `To mend it: keep in ${service} what they use until nobody sends it any more (add, wait, then remove), or say why it must be: --force-reason "…".`,
  ];
}

function brokenLines({ operation, hash, breaks, clients, last, count: times }: Broken): string[] {
  const who =
    clients.length > 0 ? clients.join(', ') : hash === null ? 'a document of this repository' : 'a client that does not say who it is';
  const when = last === null ? 'stored' : `last seen ${last.slice(0, 16).replace('T', ' ')} UTC, ${count(times, 'time')}`;
  return [
    `  ${operation}: ${who}, ${when}${hash === null ? '' : `, ${hash.slice(0, 12)}`}`,
    ...breaks.map(({ at, why }) => `    ${at}: ${why}`),
  ];
}

/** One line of the history. */
export function historyLine({ version, at, service, kind, by, forced }: Publication): string {
  const what = kind === 'ROLLED_BACK' ? 'rolled back' : 'published';
  const whose = service === '*' ? 'all services' : service;
  return `${String(version).padStart(5)}  ${at.slice(0, 19).replace('T', ' ')}  ${whose} ${what} by ${by}${forced ? `, forced: ${forced}` : ''}`;
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

function shortened(lines: string[]): string[] {
  return lines.length <= MOST_LINES ? lines : [...lines.slice(0, MOST_LINES), `  … and ${lines.length - MOST_LINES} more lines`];
}
