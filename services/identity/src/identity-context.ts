import type { Context } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { PasswordJudge } from './account/password-judge.ts';
import type { Sealer } from './account/sealing.ts';
import type { Cause } from './act.ts';
import type { ProviderClient } from './provider/provider-client.ts';
import type { AccessTokens } from './session/access-token.ts';

/** What the identity service wires for its resolvers. */
export interface IdentityDeps {
  /**
   * A unit of work of the worker role. Only what must reach rows before it is known who asks uses it (sign-in, refresh,
   * one-time tokens) or what no request may read at all (password hashes, other organizations' logins).
   */
  forWorker(): EntityManager;
  accessTokens: AccessTokens;
  sealer: Sealer;
  passwords: PasswordJudge;
  /** By whom one may sign in beside e-mail and password, by their ids. */
  providers: ReadonlyMap<string, ProviderClient>;
  /** What the password of somebody unknown is compared with. */
  decoy: string;
  /** Where links in mails lead. */
  portalUrl: string;
  /** Outgoing mail may be read by the gateway's mailbox page; never in production. */
  mailboxOpen: boolean;
}
export type IdentityContext = Context<IdentityDeps>;

/** Who asked for a change, and within which request. */
export const causeOf = ({ now, viewer, requestId, traceparent }: IdentityContext): Cause => ({
  now,
  personId: viewer.personId,
  requestId,
  traceparent,
});
