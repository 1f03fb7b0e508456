import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse, print } from 'graphql';
import { decodeJwt, importJWK, SignJWT } from 'jose';
import type { Answer } from '../journeys/portal.ts';
import { repositoryRoot } from '../repository.ts';
import { addressOf, type Place } from './place.ts';

/** The types of a service that `_entities` answers by their id, with the fields of theirs that need no arguments and are leaves there. */
export function entitiesOf(service: string): { type: string; fields: string[] }[] {
  const { definitions } = parse(readFileSync(join(repositoryRoot, 'services', service, 'schema.graphql'), 'utf8'));
  const objects = new Set(
    definitions.flatMap((definition) => ('fields' in definition && 'name' in definition ? [definition.name.value] : [])),
  );
  const unions = new Set(
    definitions.flatMap((definition) => (definition.kind === Kind.UNION_TYPE_DEFINITION ? [definition.name.value] : [])),
  );
  return definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return [];
    const keys = (definition.directives ?? []).filter((directive) => print(directive).startsWith('@key(fields: "id"'));
    const isStub = keys.every(({ arguments: given }) =>
      given?.some(({ name, value }) => name.value === 'resolvable' && value.kind === Kind.BOOLEAN && !value.value),
    );
    if (keys.length === 0 || isStub) return [];
    const fields = (definition.fields ?? []).flatMap((field) => {
      let { type } = field;
      while (type.kind !== Kind.NAMED_TYPE) type = type.type;
      const isLeaf = !objects.has(type.name.value) && !unions.has(type.name.value);
      return isLeaf && (field.arguments ?? []).length === 0 ? [field.name.value] : [];
    });
    return [{ type: definition.name.value, fields }];
  });
}

/** Asks a service directly, with the token that the gateway would send for this person. */
export class ServiceAsker {
  readonly #place: Place;
  readonly #tokens = new Map<string, Promise<string>>();

  constructor(place: Place) {
    this.#place = place;
  }

  async ask(service: string, accessToken: string, query: string, variables: object): Promise<Answer> {
    const key = `${service} ${accessToken}`;
    const token = this.#tokens.get(key) ?? this.#sign(service, accessToken);
    this.#tokens.set(key, token);
    const response = await fetch(`${addressOf(this.#place, service)}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await token}` },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer;
  }

  async #sign(service: string, accessToken: string): Promise<string> {
    const jwk = JSON.parse(readFileSync(join(this.#place.dataDir, 'secrets', 'gateway-signing.jwk'), 'utf8'));
    const { viewer } = decodeJwt(accessToken);
    return new SignJWT({ viewer })
      .setProtectedHeader({ alg: 'EdDSA', kid: jwk.kid })
      .setIssuer('atende-gateway')
      .setAudience(service)
      .setExpirationTime('60s')
      .sign(await importJWK(jwk, 'EdDSA'));
  }
}
