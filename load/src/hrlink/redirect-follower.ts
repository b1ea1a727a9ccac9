import type { Dispatcher } from 'undici';
import { request } from 'undici';
import { CookieJar } from './cookie-jar.js';
import { OperationFailure } from './hrlink.errors.js';

const MAX_HOPS = 15;

export interface RedirectJourney {
  /** Where the browser is sent first. */
  url: string;
  /** The journey is over when an answer comes from this path, on whatever public address the system gave. */
  untilPath: string;
  headers?: Record<string, string>;
  dispatcher: Dispatcher;
  signal: AbortSignal;
}

/**
 * Follows redirects as an employee's browser does, with cookies per host, until `untilPath` has answered.
 * Rejects with OperationFailure when the chain ends elsewhere, turns in circles or meets an error page.
 */
export async function followRedirects(journey: RedirectJourney): Promise<void> {
  const jar = new CookieJar();
  let url = new URL(journey.url);
  for (let hop = 0; hop < MAX_HOPS; hop++) {
    const cookie = jar.header(url.host);
    const answer = await request(url, {
      method: 'GET',
      headers: { ...journey.headers, accept: 'text/html', ...(cookie ? { cookie } : {}) },
      dispatcher: journey.dispatcher,
      signal: journey.signal,
    });
    await answer.body.dump();
    jar.store(url.host, answer.headers['set-cookie']);
    if (answer.statusCode >= 400)
      throw new OperationFailure(`redirect ${answer.statusCode}`, url.origin + url.pathname);
    if (url.pathname === journey.untilPath) return;
    const location = [answer.headers.location].flat()[0];
    if (location === undefined) throw new OperationFailure('redirect stopped', `at ${url.origin}${url.pathname}`);
    url = new URL(location, url);
  }
  throw new OperationFailure('redirect loop', `more than ${MAX_HOPS} hops`);
}
