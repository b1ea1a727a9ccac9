import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadProfile } from '@poligon/hrlink-api';
import { Agent } from 'undici';
import { CallMeter } from '../src/hrlink/call-meter.js';
import { CookieJar } from '../src/hrlink/cookie-jar.js';
import { HrlinkTransport } from '../src/hrlink/hrlink-transport.js';
import { OtpInbox } from '../src/hrlink/otp-inbox.js';
import { followRedirects } from '../src/hrlink/redirect-follower.js';
import { SystemClock } from '../src/runtime/system-clock.js';
import { Tracing } from '../src/runtime/tracing.js';
import { FakeInbox } from './fake-inbox.js';

const servers: Server[] = [];
const dispatcher = new Agent();

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterAll(async () => {
  await dispatcher.destroy();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

describe('HRLink transport', () => {
  const transportTo = (url: string) => {
    const meter = new CallMeter();
    return {
      meter,
      transport: new HrlinkTransport({ dispatcher, url, profile: loadProfile(), meter, clock: new SystemClock() }),
    };
  };

  it.each([
    ['an error envelope', 409, '{"result":false,"errorCode":"90.411","errorMessage":"no"}', 'document.get 409 90.411'],
    ['result false under 200', 200, '{"result":false,"errorCode":"11.000"}', 'document.get 200 11.000'],
    ['an error without envelope', 502, '<html>', 'document.get 502 no envelope'],
    ['broken JSON', 200, '{"result":tr', 'document.get net broken JSON'],
  ])('names %s', async (_title, status, body, cause) => {
    const type = body.startsWith('<') ? 'text/html' : 'application/json';
    const url = await serve(
      (_request, response) => void response.writeHead(status, { 'content-type': type }).end(body),
    );
    const { transport, meter } = transportTo(url);
    await expect(transport.send('document.get', { path: { clientId: 'c', id: 'd' } })).rejects.toMatchObject({ cause });
    expect(meter.summary()).toMatchObject([{ operation: 'document.get', evidence: 'G', count: 1, errors: 1 }]);
  });

  it('counts a connection cut before the answer as a network failure', async () => {
    const url = await serve((request) => void request.socket.destroy());
    const { transport, meter } = transportTo(url);
    await expect(transport.send('currentUser')).rejects.toMatchObject({ status: 0, cause: /^currentUser net / });
    expect(meter.summary()[0]).toMatchObject({ statuses: { net: 1 } });
  });

  it('sends the trace of the operation with a span of its own per call', async () => {
    const seen: string[] = [];
    const url = await serve((request, response) => {
      seen.push(String(request.headers['traceparent']));
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"result":true}');
    });
    const trace = new Tracing().operation('sign-unep');
    const { transport } = transportTo(`${url}/prefix/`);
    await transport.send('currentUser', { trace });
    await transport.send('currentUser', { trace });
    expect(seen.every((header) => header.startsWith(`00-${trace.traceId}-`) && header.endsWith('-01'))).toBe(true);
    expect(new Set(seen).size).toBe(2);
  });
});

describe('OTP inbox', () => {
  let inbox: FakeInbox;
  beforeEach(async () => {
    inbox = await new FakeInbox().start();
  });
  afterEach(() => inbox.stop());

  const reader = (timeoutMs = 15_000) =>
    new OtpInbox({ dispatcher, url: inbox.url, clock: new SystemClock(), timeoutMs, clockSkewMs: 1000 });
  const query = { phone: '79430000001', contains: 'D1', since: Date.now(), signal: new AbortController().signal };

  it('waits for the code of this document, passing a notice about it and a code of another one', async () => {
    const code = reader().code(query);
    inbox.deliver('79430000001', 'Вам направлен документ № D1');
    inbox.deliver('79430000001', 'Код для подписания документа № D2: 1111');
    inbox.deliver('79430000002', 'Код для подписания документа № D1: 2222');
    inbox.deliver('79430000001', 'Код для подписания документа № D1: 3333');
    expect(await code).toBe('3333');
    expect(inbox.queries[0]!.get('consume')).toBe('true');
  });

  it('fails with a cause when nothing comes', async () => {
    await expect(reader(50).code(query)).rejects.toMatchObject({ cause: 'otp not received' });
  });
});

describe('redirect follower', () => {
  const journey = (url: string, untilPath: string) => ({
    url,
    untilPath,
    dispatcher,
    signal: new AbortController().signal,
  });

  it('goes through other hosts with their own cookies until the callback has answered', async () => {
    const cookies: (string | undefined)[] = [];
    const home = await serve((_request, response) => void response.end('back'));
    const esia = await serve((request, response) => {
      cookies.push(request.headers.cookie);
      const location = request.url === '/login' ? '/consent' : `${home}/callback?code=1`;
      response.writeHead(302, { location, 'set-cookie': `step=${request.url}; Path=/` }).end();
    });
    await followRedirects(journey(`${esia}/login`, '/callback'));
    expect(cookies).toEqual([undefined, 'step=/login']);
  });

  it.each([
    ['a page that needs a person', 200, {}, /redirect stopped/],
    ['an error page', 403, {}, /redirect 403/],
    ['a circle', 302, { location: '/' }, /redirect loop/],
  ])('stops at %s', async (_title, status, headers, cause) => {
    const url = await serve((_request, response) => void response.writeHead(status, headers).end());
    await expect(followRedirects(journey(url, '/callback'))).rejects.toMatchObject({ cause });
  });
});

describe('cookie jar', () => {
  it('keeps cookies per host and port and forgets the expired', () => {
    const jar = new CookieJar();
    jar.store('a:1', ['sessionId=x; Path=/; HttpOnly', 'other=y']);
    expect(jar.header('a:1')).toBe('sessionId=x; other=y');
    expect(jar.header('a:2')).toBeUndefined();
    jar.store('a:1', 'sessionId=x; Max-Age=0');
    expect(jar.header('a:1')).toBe('other=y');
  });
});
