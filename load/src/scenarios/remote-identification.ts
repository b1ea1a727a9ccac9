import { expandPath } from '@poligon/hrlink-api';
import type { Dispatcher } from 'undici';
import type { HrlinkCaller } from '../hrlink/hrlink-caller.js';
import { followRedirects } from '../hrlink/redirect-follower.js';
import { pollUntil } from './poll-until.js';
import type { Polling } from './poll-until.js';

/** Tells ESIA's emulator who sits at the browser; the real login form needs a person. */
const PERSON_HEADER = 'poligon-person';

export interface RemoteVisit {
  polling: Polling;
  dispatcher: Dispatcher;
  employee: HrlinkCaller;
  /** Eleven digits. */
  phone: string;
  /** Id of the certificate request. */
  requestId: string;
  traceparent: string;
}

/** The employee's browser goes to ESIA and comes back to HRLink's callback (spec hrlink.md 4.3 d, step 8). */
export async function visitEsia(visit: RemoteVisit): Promise<void> {
  const { employee, requestId, dispatcher, polling } = visit;
  const url = await pollUntil(polling, 'identification link', async () => {
    const answer = await employee.call('nqes.get', { path: { id: requestId } });
    return answer.get<string>('redirectUrl');
  });
  await followRedirects({
    url,
    untilPath: expandPath(employee.profile, 'esia.callback'),
    dispatcher,
    signal: polling.signal,
    headers: { traceparent: visit.traceparent, [PERSON_HEADER]: visit.phone },
  });
}
