import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, Person } from '../journeys/portal.ts';

// What a good client repeats: nobody answered, or a part of the house was away. Everything else is an answer.
const AWAY = new Set(['DEPENDENCY_UNAVAILABLE', 'INTERNAL']);
const PATIENCE_MS = 60_000;

/** Asks again, at one gateway after the other, with the same key, until there is an answer. */
export async function askStubbornly(person: Person, gateways: readonly string[], query: string, variables: object): Promise<Answer> {
  const deadline = Date.now() + PATIENCE_MS;
  for (let attempt = 0; ; attempt++) {
    try {
      const gateway = gateways[attempt % gateways.length] ?? '';
      const answer = await person.at(gateway).ask(query, variables);
      if (!answer.errors?.some(({ extensions }) => AWAY.has(extensions.code))) return answer;
      if (Date.now() > deadline) throw new Error(`nobody answers: ${JSON.stringify(answer.errors)}`);
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await pause(100);
  }
}
