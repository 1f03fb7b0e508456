import { type Client, createClient, type ExecutionResult } from 'graphql-sse';
import type { Gateway } from '../gateway.ts';

const clients: Client<boolean>[] = [];

/** The stock graphql-sse client, in either of its modes. */
export function sseClient({ url }: Gateway, authorization: string, singleConnection: boolean): Client<boolean> {
  const client = createClient({ url: `${url}/graphql`, singleConnection, headers: { authorization }, retryAttempts: 0 });
  clients.push(client);
  return client;
}

export function disconnectAllSse(): void {
  for (const client of clients.splice(0)) client.dispose();
}

type Answer = ExecutionResult<Record<string, unknown>, unknown>;
export type SseFrames = AsyncIterableIterator<Answer>;

/** The next frame. */
export async function nextSse(frames: SseFrames): Promise<Answer> {
  const { value, done } = await frames.next();
  if (done) throw new Error('the subscription has ended');
  return value;
}

/** Whether an operation ends without another frame. */
export async function completes(frames: SseFrames): Promise<boolean> {
  return (await frames.next()).done === true;
}
