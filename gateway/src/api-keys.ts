import { gatewayViewer, isApiKey, viewerSchema } from '@atende/service/process';
import { LRUCache } from 'lru-cache';
import { TokenRefused, type Visitor } from './access-token.ts';
import { newDeadline } from './caller.ts';
import { gatewayCaller, type Services } from './services.ts';

/** Identity does not answer, so nothing can be said about the key. */
export class KeysUnknown extends Error {}

export interface ApiKeysOptions {
  /** Whom identity says a key stands for; null: nobody. Rejects with KeysUnknown. */
  ask(key: string): Promise<KeyHolder | null>;
  now?(): number;
}

export interface KeyHolder {
  viewer: unknown;
  expiresAt: string;
}

const REMEMBERED = 20_000; // keys
const TRUSTED = 600_000; // 10 minutes in ms, as long as an access token; what changes meanwhile ends the session
const REFUSED = 10_000; // ms that a key which stands for nobody is not asked about again

/** What is known of a key: the question, its answer once there is one, and until when that counts, in ms of the clock. */
interface Known {
  asked: Promise<Visitor>;
  visitor: Visitor | null;
  until: number;
}

/** API keys, exchanged at identity for whom they stand for. The same key gives the same Visitor until its session ends. */
export class ApiKeys {
  readonly #options: ApiKeysOptions;
  readonly #now: () => number;
  readonly #known = new LRUCache<string, Known>({ max: REMEMBERED });

  constructor(options: ApiKeysOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** The key in an `Authorization` header; undefined where there is something else. */
  static in(authorization: string): string | undefined {
    return /^Bearer (atende_\S+)$/i.exec(authorization)?.[1];
  }

  /** Rejects with TokenRefused or KeysUnknown. */
  visitor(key: string): Promise<Visitor> {
    if (!isApiKey(key)) return Promise.reject(new TokenRefused('not an API key'));
    const known = this.#known.get(key);
    return known && known.until > this.#now() ? known.asked : this.#exchange(key);
  }

  /** Asks again for a key whose session has ended: it may stand for its person with other rights now, or for nobody. */
  renewed(key: string, ended: Visitor): Promise<Visitor> {
    const known = this.#known.get(key);
    return known && known.visitor !== ended ? known.asked : this.#exchange(key); // whoever finds out first asks for all
  }

  #exchange(key: string): Promise<Visitor> {
    const known: Known = { asked: this.#ask(key), visitor: null, until: Number.POSITIVE_INFINITY };
    this.#known.set(key, known);
    known.asked.then(
      (visitor) => Object.assign(known, { visitor, until: visitor.expires }),
      (error: unknown) => {
        known.until = error instanceof TokenRefused ? this.#now() + REFUSED : 0;
      },
    );
    return known.asked;
  }

  async #ask(key: string): Promise<Visitor> {
    const holder = await this.#options.ask(key);
    if (!holder) throw new TokenRefused('a key that stands for nobody');
    const viewer = viewerSchema.parse(holder.viewer);
    if (viewer.kind !== 'PERSON' || viewer.sessionId === null || viewer.apiKey === null) throw new TokenRefused('no viewer of a key');
    return { viewer, sessionId: viewer.sessionId, expires: Math.min(this.#now() + TRUSTED, Date.parse(holder.expiresAt)) };
  }
}

const QUERY = 'query($key:String!){_keyHolder(key:$key){viewer expiresAt}}';

/** Asks identity whom a key stands for. */
export async function askKeyHolder(services: Services, key: string): Promise<KeyHolder | null> {
  const body = JSON.stringify({ query: QUERY, variables: { key } });
  const { data, errors } = await services.send('identity', body, gatewayCaller(gatewayViewer, 'req_key', newDeadline()), false);
  if (!data || errors) throw new KeysUnknown('identity does not say whom a key stands for');
  return data._keyHolder as KeyHolder | null;
}
