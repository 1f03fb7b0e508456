import { gatewayViewer } from '@atende/service/process';
import { newDeadline } from './caller.ts';
import { gatewayCaller, type Services } from './services.ts';
import type { EndedSessions } from './sessions.ts';

const QUERY = 'query($after:String){_endedSessions(after:$after){cursor sessionIds}}';

/** Asks identity for the sessions that ended after a cursor; null when it does not answer. */
export async function pullEndedSessions(services: Services, after: string | null): Promise<EndedSessions | null> {
  const body = JSON.stringify({ query: QUERY, variables: { after } });
  const { data } = await services.send('identity', body, gatewayCaller(gatewayViewer, 'req_sessions', newDeadline()), false);
  return (data?._endedSessions as EndedSessions | undefined) ?? null;
}
