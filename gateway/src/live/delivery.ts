import type { Envelope } from '@atende/events';
import { ErrorCode, type Viewer } from '@atende/service/process';
import { newDeadline } from '../caller.ts';
import type { Executor, Result } from '../execute.ts';
import type { PublicError } from '../mask.ts';
import type { Data } from '../program.ts';
import { askAudience, type Question, type Verdict } from './audience.ts';
import type { Group } from './groups.ts';
import { type Owner, type OwnerRefused, OwnerUnavailable } from './owner.ts';
import type { Watcher } from './watcher.ts';

/** One payload and everybody who gets it; or errors that end their subscriptions. */
export type Outcome = { watchers: Iterable<Watcher>; payload: string } | { watchers: Iterable<Watcher>; errors: readonly PublicError[] };

/** What an event is for those it is run for: a payload, errors that end their subscriptions, or nothing. */
export type Made = { payload: string } | { errors: readonly PublicError[] } | null;

/** Some watchers of a group, and for whom the operation is run for them. */
interface Party {
  group: Group;
  watchers: Iterable<Watcher>;
  runAs: Viewer;
}

const AT_ONCE = 32; // executions of one event that run at the same time

/** Turns one event into payloads: one question per distinct class and filter, one execution per group that is accepted. */
export class Delivery {
  readonly #executor: Executor;

  constructor(executor: Executor) {
    this.#executor = executor;
  }

  /** Throws OwnerUnavailable when the owner cannot be asked now. */
  async prepare(owner: Owner, event: Envelope, groups: readonly Group[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    const accepted: { party: Party; answers: Data }[] = [];
    const parties = groups.map((group) => ({ question: group.pair, party: { group, watchers: group.watchers, runAs: group.runAs } }));
    const apart = settle(await this.#ask(owner, event, parties), parties, accepted, outcomes);
    const persons = apart.flatMap(({ group }) => personsOf(group));
    settle(await this.#ask(owner, event, persons), persons, accepted, outcomes);
    for (let next = 0; next < accepted.length; next += AT_ONCE) {
      const batch = accepted.slice(next, next + AT_ONCE);
      const made = await Promise.all(batch.map(({ party, answers }) => this.run(party.group, party.runAs, event, answers)));
      for (const [at, outcome] of made.entries()) if (outcome) outcomes.push({ watchers: batch[at]?.party.watchers ?? [], ...outcome });
    }
    return outcomes;
  }

  async #ask(owner: Owner, event: Envelope, parties: readonly Asked[]): Promise<Map<string, Verdict>> {
    const byField = Map.groupBy(parties, ({ party }) => party.group.subscribed.field.audience);
    const verdicts = await Promise.all(
      [...byField.values()].map((asked) => {
        const field = asked[0]?.party.group.subscribed.field;
        const distinct = new Map(asked.map(({ question }) => [question.key, question]));
        return field ? askAudience(owner, field, event, [...distinct.values()]) : new Map<string, Verdict>();
      }),
    );
    return new Map(verdicts.flatMap((some) => [...some]));
  }

  /** Runs a group's operation for an event that its owner has accepted. Throws OwnerUnavailable where the event cannot be read now. */
  async run({ subscribed: { request, language, field } }: Group, runAs: Viewer, event: Envelope, answers: Data): Promise<Made> {
    const caller = {
      viewer: runAs,
      language,
      requestId: event.requestId ?? event.id,
      traceparent: event.traceparent,
      address: null,
      deadline: newDeadline(),
    };
    const result = await this.#executor.execute({ ...request, caller, event: { ...answers, __typename: field.eventType, id: event.id } });
    if (has(result, ErrorCode.DEPENDENCY_UNAVAILABLE, atRoot)) throw new OwnerUnavailable(field.service);
    if (result.data === undefined) return { errors: result.errors ?? [] };
    if (isEmpty(result.data)) {
      // A field that must be there failed, and took the event with it.
      if (has(result, ErrorCode.DEPENDENCY_UNAVAILABLE)) throw new OwnerUnavailable(field.service);
      // Denied after all, or gone: a frame without data would tell that there is something. A failure is neither.
      return has(result, ErrorCode.INTERNAL) ? { errors: result.errors ?? [] } : null;
    }
    // One id leads from the click to the push.
    const extensions = { ...result.extensions, requestId: caller.requestId };
    return { payload: JSON.stringify({ ...result, extensions }) };
  }
}

interface Asked {
  question: Question;
  party: Party;
}

/** Sorts parties by their verdicts. What must be asked for each person is returned. */
function settle(
  verdicts: ReadonlyMap<string, Verdict>,
  parties: readonly Asked[],
  accepted: { party: Party; answers: Data }[],
  outcomes: Outcome[],
): Party[] {
  const apart: Party[] = [];
  for (const { question, party } of parties) {
    const verdict = verdicts.get(question.key);
    if (verdict?.kind === 'ACCEPTED') accepted.push({ party, answers: verdict.answers });
    else if (verdict?.kind === 'PER_PERSON' && question.viewer.kind === 'CLASS') apart.push(party);
    // A defect of the owner's ends them too: who resumes from a cursor misses nothing, who hears nothing never knows.
    else if (verdict?.kind === 'FAULTY') outcomes.push({ watchers: party.watchers, errors: faultsOf(verdict.fault) });
  }
  return apart;
}

/** The watchers of a group by person. */
function personsOf(group: Group): Asked[] {
  const byPerson = Map.groupBy(group.watchers, ({ subscribed }) => subscribed.person.personId);
  return [...byPerson.values()].flatMap((watchers) => {
    const person = watchers[0]?.subscribed.person;
    if (!person) return [];
    const question = { key: `${person.personId} ${group.pair.key}`, viewer: person, filter: group.pair.filter };
    return [{ question, party: { group, watchers, runAs: person } }];
  });
}

/** What an owner said against a question, as its watchers read it. */
export const faultsOf = ({ errors }: OwnerRefused): PublicError[] =>
  errors.map(({ message, extensions }) => ({
    message,
    extensions: { code: (extensions?.code as ErrorCode | undefined) ?? ErrorCode.INTERNAL, requestId: '' },
  }));

const isEmpty = (data: Data | null) => data === null || Object.values(data).every((value) => value === null);

type Place = (error: NonNullable<Result['errors']>[number]) => boolean;

/** The event itself could not be read: that is the only error whose place is the root field. */
const atRoot: Place = ({ path }) => path?.length === 1;

const has = ({ errors = [] }: Result, code: ErrorCode, where: Place = () => true): boolean =>
  errors.some((error) => error.extensions.code === code && where(error));
