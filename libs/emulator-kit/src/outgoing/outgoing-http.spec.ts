import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { Tracing } from '../telemetry/tracing.js';
import { jsonOf, OutgoingError, OutgoingHttp } from './outgoing-http.js';

let server: Server;
let url: string;
const http = new OutgoingHttp(new Tracing());

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/endless') {
      const block = Buffer.alloc(1_048_576);
      const pour = () => {
        while (!response.destroyed && response.write(block));
        response.once('drain', pour);
      };
      pour();
    } else if (request.url === '/cut') {
      response.writeHead(200, { 'content-length': '10' });
      response.write('1', () => response.destroy());
    } else {
      response.writeHead(418).end('[1');
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await http.onApplicationShutdown();
  server.closeAllConnections();
  server.close();
});

const call = (path: string) => http.call({ name: 'neighbour.ask', method: 'GET', url: `${url}${path}` });

it('gives a reply of any status as it came', async () => {
  const reply = await call('/');
  expect([reply.status, reply.body.toString()]).toEqual([418, '[1']);
  expect(() => jsonOf('neighbour.ask', reply)).toThrow('neighbour.ask: status 418, body is not JSON');
});

it.each([
  ['/endless', 'neighbour.ask: '],
  ['/cut', 'neighbour.ask: '],
])('names the call when no complete reply came: %s', async (path, message) => {
  const failure = await call(path).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(OutgoingError);
  expect((failure as Error).message).toContain(message);
});

it('does not keep more of an endless reply than it may', async () => {
  const before = process.memoryUsage().rss;
  await call('/endless').catch(() => undefined);
  expect(process.memoryUsage().rss - before).toBeLessThan(400_000_000);
});
