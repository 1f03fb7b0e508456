import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { Kind, parse } from 'graphql';
import { repositoryRoot } from '../repository.ts';
import { isKey, oneOfEach, signedIn, type Who } from './access.ts';
import { entitiesOf, ServiceAsker } from './entities.ts';
import type { Matrix } from './matrix.ts';
import type { Thing } from './world.ts';
import { absentLike } from './world.ts';

const AT_ONCE = 50; // representations

type Signed = Exclude<Who, 'nobody'>;
/** The gateway makes a token of a key; what stands in it is its person's. */
const hasToken = (who: Who): who is Signed => who !== 'nobody' && !isKey(who);

/** What a person with a valid gateway token gets out of the services themselves, past the gateway's schema. */
export function servicesDirectly(the: () => Matrix): void {
  it('answers through _entities, with a valid token, null for a foreign id as for an absent one', async () => {
    const { place, as, counts, things, sightings } = the();
    const direct = new ServiceAsker(place);
    const faults: string[] = [];
    const shown = new Set<string>();
    const askers = (the().full ? signedIn : oneOfEach).filter(hasToken);
    for (const service of Object.keys(place.services)) {
      for (const { type, fields } of entitiesOf(service)) {
        const document = `query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename ... on ${type} { ${fields.join(' ')} } } }`;
        const judge = async (who: Signed, some: Thing[]): Promise<void> => {
          const ids = some.flatMap(({ id }) => [id, absentLike(id)]);
          const representations = ids.map((id) => ({ __typename: type, id }));
          const { data } = await direct.ask(service, as[who].accessToken, document, { representations });
          for (const [at, { id, name }] of some.entries()) {
            const [answered, absent] = [data._entities[2 * at], data._entities[2 * at + 1]];
            counts.cases += 1;
            sightings.collect(who, `${service} directly`, answered);
            if (the().sees(who, id)) answered !== null && shown.add(`${service} ${type}`);
            else if (JSON.stringify(answered).replaceAll(id, 'ID') !== JSON.stringify(absent).replaceAll(absentLike(id), 'ID'))
              faults.push(`${service} tells ${who} of ${name} as ${type}: ${JSON.stringify(answered).slice(0, 200)}`);
            else counts.denied += 1;
          }
        };
        for (let from = 0; from < things.length; from += AT_ONCE / 2)
          await Promise.all(askers.map((who) => judge(who, things.slice(from, from + AT_ONCE / 2))));
      }
    }
    expect(faults).toEqual([]);
    const entities = ['tickets Ticket', 'tickets Comment', 'attachments Ticket', 'attachments Attachment', 'identity Contact', 'identity Organization', 'knowledge Article']; // biome-ignore format: a list
    expect([...shown]).toEqual(expect.arrayContaining(entities));
  }, 240_000);

  it('tells no person what only gateways may ask', async () => {
    const { place, as, counts } = the();
    const direct = new ServiceAsker(place);
    const answers: string[] = [];
    for (const service of Object.keys(place.services)) {
      for (const field of hiddenFieldsOf(service)) {
        for (const who of oneOfEach.filter(hasToken)) {
          const { errors } = await direct.ask(service, as[who].accessToken, HIDDEN[field] ?? `{ ${field} }`, {});
          counts.cases += 1;
          if (errors?.[0]?.extensions.code !== 'FORBIDDEN') answers.push(`${service} ${field} as ${who}: ${JSON.stringify(errors)}`);
          else counts.denied += 1;
        }
      }
    }
    expect(answers).toEqual([]);
  });
}

const HIDDEN: Record<string, string> = {
  _events: '{ _events(first: 10) { position events } }',
  _endedSessions: '{ _endedSessions { sessionIds } }',
  _keyHolder: '{ _keyHolder(key: "x") { viewer } }',
  _mailbox: '{ _mailbox(first: 10) { body } }',
  _ticketEventAudience: '{ _ticketEventAudience(eventId: "", watchers: []) { matches } }',
};

/** Root fields that begin with `_`: a new one without an entry above is asked as it is, and fails. */
function hiddenFieldsOf(service: string): string[] {
  const { definitions } = parse(readFileSync(join(repositoryRoot, 'services', service, 'schema.graphql'), 'utf8'));
  return definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION && ['Query', 'Mutation'].includes(definition.name.value)
      ? (definition.fields ?? []).flatMap(({ name }) => (name.value.startsWith('_') ? [name.value] : []))
      : [],
  );
}
