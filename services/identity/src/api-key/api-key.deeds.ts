import { ErrorCode, isId, newApiKey, newId, notFound, once, Refused } from '@atende/service';
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { requestMail } from '../account/mail.ts';
import { digest } from '../account/secret.ts';
import { actIn } from '../act.ts';
import { causeOf, type IdentityContext } from '../identity-context.ts';
import { attempt, isPassword } from '../session/proof.ts';
import { Session } from '../session/session.ts';
import type { CreateApiKeyInput, CreateApiKeyPayload } from './api-key.graphql.ts';
import { keepsKeysOf } from './api-key.policy.ts';
import { ApiKey } from './api-key.ts';
import { apiKeyFaults } from './api-key-input.ts';

/** More than anybody needs; who makes them by the hundred has a defect or no right to. */
const MOST_OF_PERSON = 20;

/** The keys of a person that were not revoked, the newest first. */
export const keysOf = (em: EntityManager, personId: string): Promise<ApiKey[]> =>
  em.find(ApiKey, { personId, revokedAt: null }, { orderBy: { createdAt: 'desc', id: 'desc' } });

/** Makes a key of the viewer's own, by the password, once per clientKey. The secret stands in the first answer only. */
export async function createKey(ctx: IdentityContext, input: CreateApiKeyInput): Promise<CreateApiKeyPayload> {
  const { viewer, em, now } = ctx;
  const { clientKey, password, ...said } = input;
  const faults = apiKeyFaults(said, now);
  const person = await attempt(ctx, async (worker, found) => {
    const isRight = await isPassword(worker, ctx.deps.decoy, found.id, password);
    if (!isRight) throw new Refused(...faults, { code: ErrorCode.INVALID_CREDENTIALS, field: ['input', 'password'] });
    return found;
  });
  if (faults.length > 0) throw new Refused(...faults);
  const personId = person.id;
  const secret = newApiKey();
  const id = newId('key');
  const made = await once({ em, viewer, now, mutation: 'createApiKey', clientKey, input: said, id }, async (creating) => {
    const good = await creating.count(ApiKey, { personId, revokedAt: null, expiresAt: { $gt: now } });
    if (good >= MOST_OF_PERSON) throw new Refused({ code: ErrorCode.TOO_MANY, field: ['input'], params: { max: MOST_OF_PERSON } });
    const draft = { id, personId, name: said.name.trim(), scopes: [...new Set(said.scopes)], expiresAt: said.expiresAt };
    const kept = { digest: digest(secret), lastFour: secret.slice(-4) };
    const act = actIn(creating, causeOf(ctx));
    creating.persist(ApiKey.create(act, draft, kept));
    requestMail(creating, act, { kind: 'API_KEY_CREATED', to: person, portalUrl: ctx.deps.portalUrl });
  });
  return { apiKey: await em.findOneOrFail(ApiKey, { id: made }), secret: made === id ? secret : null, errors: [] };
}

/** Ends a key and what is open with it: one's own, as a supervisor any. */
export async function revokeKey(ctx: IdentityContext, apiKeyId: string): Promise<ApiKey> {
  const key = isId('key', apiKeyId) ? await ctx.em.findOne(ApiKey, { id: apiKeyId }) : null;
  if (!key || !keepsKeysOf.allows(ctx.viewer, key)) throw notFound();
  // As the worker: a key is its person's alone to change.
  return ctx.deps.forWorker().transactional(async (em) => {
    const act = actIn(em, causeOf(ctx));
    const revoked = await em.findOneOrFail(ApiKey, { id: key.id }, { lockMode: LockMode.PESSIMISTIC_WRITE }); // whoever exchanges it has, or will not
    revoked.revoke(act);
    (await em.findOne(Session, { family: key.id, endedAt: null }))?.end(act, 'RIGHTS_CHANGED');
    return revoked;
  });
}
