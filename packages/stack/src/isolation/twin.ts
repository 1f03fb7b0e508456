import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeJwt, decodeProtectedHeader, importJWK, SignJWT } from 'jose';
import { Person } from '../journeys/portal.ts';
import type { Place } from './place.ts';

interface Viewer {
  contacts: { id: string }[];
  analystId: string | null;
}
const anotherId = (prefix: string): string => `${prefix}_${'0'.repeat(26)}`;

/** Somebody else with the same rights: the same authorization class, so that a live event is run for both at once. */
export async function twinOf({ dataDir, url }: Place, { accessToken }: Person): Promise<Person> {
  const { viewer } = decodeJwt<{ viewer: Viewer }>(accessToken);
  const [personId, sid] = [anotherId('per'), anotherId('ses')];
  const contacts = viewer.contacts.map((contact) => ({ ...contact, id: anotherId('con') }));
  const twin = { ...viewer, personId, sessionId: sid, contacts, analystId: viewer.analystId && anotherId('ana') };
  const jwk = JSON.parse(readFileSync(join(dataDir, 'secrets', 'identity-access.jwk'), 'utf8'));
  const token = await new SignJWT({ sid, viewer: twin })
    .setProtectedHeader({ alg: 'EdDSA', kid: decodeProtectedHeader(accessToken).kid })
    .setIssuer('atende-identity')
    .setAudience('atende')
    .setSubject(personId)
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(await importJWK(jwk, 'EdDSA'));
  return new Person(url, token, '');
}
