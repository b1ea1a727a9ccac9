import { expandPath } from '@poligon/hrlink-api';
import type { Dispatcher } from 'undici';
import type { HrlinkCaller } from '../hrlink/hrlink-caller.js';
import { followRedirects } from '../hrlink/redirect-follower.js';
import { pollUntil } from './poll-until.js';
import type { Polling } from './poll-until.js';

export interface RemoteVisit {
  polling: Polling;
  dispatcher: Dispatcher;
  hrlinkUrl: string;
  employee: HrlinkCaller;
  /** Id of the certificate request. */
  requestId: string;
  traceparent?: string;
}

/** The employee's browser goes to ESIA and comes back to HRLink's callback (spec hrlink.md 4.3 d, step 8). */
export async function visitEsia(visit: RemoteVisit): Promise<void> {
  const { employee, requestId, dispatcher, polling } = visit;
  const url = await pollUntil(polling, 'identification link', async () => {
    const answer = await employee.call('nqes.get', { path: { id: requestId } });
    return answer.get<string>('redirectUrl');
  });
  const until = new URL(expandPath(employee.profile, 'esia.callback'), visit.hrlinkUrl).href;
  await followRedirects({
    url,
    until,
    dispatcher,
    signal: polling.signal,
    headers: visit.traceparent ? { traceparent: visit.traceparent } : {},
  });
}
