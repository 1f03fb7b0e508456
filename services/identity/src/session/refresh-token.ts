import { sqlIsWorker } from '@atende/service';
import { defineEntity } from '@mikro-orm/postgresql';
import { digest, newSecret } from '../account/secret.ts';

/** A family that is not used for this long is forgotten. */
const REFRESH_LIFETIME = 7 * 86_400_000; // 7 days in ms

const RefreshTokenSchema = defineEntity({
  name: 'RefreshToken',
  tableName: 'refresh_token',
  rowLevelSecurity: 'force',
  policies: [{ name: 'worker', using: sqlIsWorker }],
  indexes: [
    { name: 'refresh_token_by_family', properties: ['family'] },
    { name: 'refresh_token_by_expiry', properties: ['expiresAt'] },
  ],
  properties: (p) => ({
    /** SHA-256 of the secret; the secret itself is only the client's. */
    hash: p.text().primary(),
    family: p.text(),
    expiresAt: p.datetime(3),
    /** A used one that comes again was stolen, by whoever came first or second: its family ends. */
    usedAt: p.datetime(3).strictNullable(),
  }),
});

export class RefreshToken extends RefreshTokenSchema.class {
  /** A token and its secret, which is shown once. It never outlives its session. */
  static issue(now: Date, { family, expiresAt: end }: { family: string; expiresAt: Date }): { token: RefreshToken; secret: string } {
    const secret = newSecret();
    const expiresAt = new Date(Math.min(now.getTime() + REFRESH_LIFETIME, end.getTime()));
    return { secret, token: Object.assign(new RefreshToken(), { hash: digest(secret), family, expiresAt, usedAt: null }) };
  }
}
RefreshTokenSchema.setClass(RefreshToken);
