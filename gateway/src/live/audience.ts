import type { Envelope } from '@atende/events';
import type { Viewer } from '@atende/service/process';
import type { Data } from '../program.ts';
import type { LiveField } from '../supergraph-facts.ts';
import { type Owner, OwnerRefused, OwnerUnavailable } from './owner.ts';

/** A question to the owner: may this watcher know of the event, and what does it answer for it? */
export interface Question {
  key: string;
  viewer: Viewer;
  filter: Data;
}

/** ACCEPTED with the fields the owner answers; REFUSED: no frame; PER_PERSON: ask for each person; FAULTY: the owner will not take the question. */
export type Verdict =
  | { kind: 'ACCEPTED'; answers: Data }
  | { kind: 'REFUSED' }
  | { kind: 'PER_PERSON' }
  | { kind: 'FAULTY'; fault: OwnerRefused };

/**
 * Asks the owner, before anything happens, whether it can follow a question at all. Null when it can, and when it cannot be asked:
 * events will tell.
 */
export async function faultOf(owner: Owner, field: LiveField, { viewer, filter }: Question): Promise<OwnerRefused | null> {
  try {
    await owner.audience({ field: field.audience, answers: field.answers }, null, [{ viewer, filter }]);
    return null;
  } catch (error) {
    if (error instanceof OwnerRefused) return error;
    if (error instanceof OwnerUnavailable) return null;
    throw error;
  }
}

/** Asks the owner about one event for all distinct questions at once. The verdicts are by the questions' keys. */
export async function askAudience(
  owner: Owner,
  field: LiveField,
  event: Envelope,
  questions: readonly Question[],
): Promise<Map<string, Verdict>> {
  if (questions.length === 0) return new Map();
  const answers = field.perPerson ? [...field.answers, 'perPerson'] : field.answers;
  try {
    const said = await owner.audience(
      { field: field.audience, answers },
      event,
      questions.map(({ viewer, filter }) => ({ viewer, filter })),
    );
    return new Map(questions.map(({ key }, index) => [key, verdictOf(said[index] ?? null)]));
  } catch (error) {
    if (!(error instanceof OwnerRefused)) throw error;
    const [only] = questions;
    if (only && questions.length === 1) return new Map([[only.key, { kind: 'FAULTY', fault: error }]]);
    // One bad question must not silence the others: it is found by halves.
    const middle = questions.length >> 1;
    const halves = await Promise.all(
      [questions.slice(0, middle), questions.slice(middle)].map((half) => askAudience(owner, field, event, half)),
    );
    return new Map(halves.flatMap((half) => [...half]));
  }
}

function verdictOf(said: Data | null): Verdict {
  if (said === null) return { kind: 'REFUSED' };
  const { perPerson, ...answers } = said;
  return perPerson === true ? { kind: 'PER_PERSON' } : { kind: 'ACCEPTED', answers };
}
