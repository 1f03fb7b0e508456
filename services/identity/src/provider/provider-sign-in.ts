import { type Doing, ErrorCode, type Fault, type Log, Refused, RequestError, recordAct, type Viewer } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Credential } from '../account/credential.ts';
import { findToken, issueToken, useToken } from '../account/one-time-token.ts';
import { Person } from '../account/person.ts';
import type { IdentityDeps } from '../identity-context.ts';
import { Organization } from '../organization/organization.ts';
import { Session } from '../session/session.ts';
import { holdSessions } from '../session/session-end.ts';
import { type Admission, admit, viewerIn } from '../session/session-start.ts';
import { beginUncertain, takeBackUncertain } from '../session/sign-in-delay.ts';
import { refuseSignIn } from '../session/sign-in-refusal.ts';
import { isEmail } from '../text.ts';
import { type Proven, ProviderAway, ProviderRefused } from './provider-client.ts';
import { ProviderLink } from './provider-link.ts';
import type { SignInProvider } from './provider-settings.ts';

// Runs as the worker: nobody knows yet who asks. Nobody is registered this way: a provider vouches for a person who is here.

/** Who asks: nobody yet, when, from where. */
export type Asking = Doing & { log: Log };

/** Where the browser goes, and the secret that it keeps until it comes back. */
export async function beginProviderSignIn(
  deps: IdentityDeps,
  { now, address, log }: Asking,
  providerId: string,
): Promise<{ authorizationUrl: string; secret: string }> {
  const client = deps.providers.get(providerId);
  if (!client) throw new Refused({ code: ErrorCode.NOT_FOUND, field: ['input', 'providerId'] });
  await beginUncertain(deps.forWorker(), { kind: 'provider', address, now });
  const em = deps.forWorker();
  const { secret } = issueToken(em, { purpose: 'PROVIDER_SIGN_IN', personId: null, boundTo: providerId, now });
  const authorizationUrl = (await client.authorizationUrl(secret).catch(sayIn(log, providerId))) ?? '';
  await em.flush();
  return { authorizationUrl, secret };
}

export interface CameBack {
  secret: string;
  /** The address at which the browser came back, as it stands there. */
  callbackUrl: string;
}

/** Lets in for whom the provider vouches, once, in the browser that left for it. */
export async function completeProviderSignIn(deps: IdentityDeps, asking: Asking, { secret, callbackUrl }: CameBack): Promise<Admission> {
  const { now, address, log } = asking;
  const token = await findToken(deps.forWorker(), { secret, purpose: 'PROVIDER_SIGN_IN', now });
  const client = token && deps.providers.get(token.boundTo ?? '');
  const answer = readAnswer(callbackUrl);
  const isAnswer = token && client && answer && client.isAnswerTo(secret, answer);
  // Used up before the provider is asked: whoever comes second with the same answer is refused here.
  if (!isAnswer || !(await useToken(deps.forWorker(), token, now)))
    throw new Refused({ code: ErrorCode.TOKEN_INVALID, field: ['input', 'secret'] });
  const { provider } = client;
  const proven = await client.proven(secret, answer).catch(sayIn(log, provider.id));
  if (proven === null) return refuseSignIn(deps, asking, null, refused);
  const admission = await deps.forWorker().transactional(async (em) => {
    const person = await personFor(em, proven);
    if (person) await holdSessions(em, person.id);
    if (person) await em.refresh(person);
    const credential = person && (await em.findOne(Credential, { personId: person.id }));
    const mustChangePassword = credential?.mustChange ?? false;
    const session = person && Session.start(now, person.id);
    const viewer = person && session && (await viewerIn(em, person, session.id, mustChangePassword));
    const isIn = viewer && (await mayVouch(em, provider, person, viewer)) && (await link(em, proven, person, now));
    if (!isIn) return { refused: person };
    await takeBackUncertain(em, { kind: 'provider', address });
    recordAct(em, { ...asking, viewer }, { act: 'SIGN_IN', subjectId: person.id });
    return admit(em, deps.accessTokens, { session, viewer, mustChangePassword, now });
  });
  return 'refused' in admission ? refuseSignIn(deps, asking, admission.refused?.id ?? null, refused) : admission;
}

const refused: Fault = { code: ErrorCode.SIGN_IN_REFUSED, field: ['input'] };

/** A provider that is away is said to be; one that proves nobody gives null. What it was is for the log. */
const sayIn =
  (log: Log, provider: string) =>
  (error: unknown): null => {
    if (!(error instanceof ProviderRefused || error instanceof ProviderAway)) throw error;
    log.warn({ provider, reason: error.message }, 'a provider proved nobody');
    if (error instanceof ProviderRefused) return null;
    throw new RequestError(ErrorCode.DEPENDENCY_UNAVAILABLE, 'The sign-in provider does not answer now.');
  };

const LONGEST = 8_192; // characters of an address

function readAnswer(callbackUrl: string): URLSearchParams | null {
  return (callbackUrl.length <= LONGEST && URL.parse(callbackUrl)?.searchParams) || null;
}

/** The person of a link, or by the verified address. */
async function personFor(em: EntityManager, { issuer, subject, email }: Proven): Promise<Person | null> {
  const known = await em.findOne(ProviderLink, { issuer, subject });
  if (known) return em.findOne(Person, { id: known.personId, active: true });
  return email !== null && isEmail(email) ? em.findOne(Person, { email, active: true }) : null;
}

/** Links whom the provider names with the person, at the first time. False: to it, the person is somebody else. */
async function link(em: EntityManager, { issuer, subject }: Proven, { id: personId }: Person, now: Date): Promise<boolean> {
  await em.execute('insert into provider_link (issuer, subject, person_id, linked_at) values (?, ?, ?, ?) on conflict do nothing', [
    ...[issuer, subject, personId, now],
  ]);
  return (await em.count(ProviderLink, { issuer, subject, personId })) > 0;
}

/** A provider vouches for its own domains and organizations only: a client's never for the vendor's staff. */
async function mayVouch(em: EntityManager, { domains, organizations }: SignInProvider, person: Person, viewer: Viewer): Promise<boolean> {
  if (domains.length > 0 && !domains.includes(person.email.split('@')[1] ?? '')) return false;
  if (organizations.length === 0) return true;
  const own = viewer.contacts.map((contact) => contact.organizationId);
  return (await em.count(Organization, { id: { $in: own }, code: { $in: organizations } })) > 0;
}
