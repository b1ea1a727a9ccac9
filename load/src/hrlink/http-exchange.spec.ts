import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';
import { exchange } from './http-exchange.js';

describe('one HTTP exchange', () => {
  let server: Server;
  let pool: Pool;
  let answer: (socket: Socket) => void;
  let asked: () => void;

  beforeEach(async () => {
    asked = () => undefined;
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', () => {
        asked();
        answer(socket);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    pool = new Pool(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { connections: 1 });
  });
  afterEach(async () => {
    await pool.destroy();
    server.close();
  });

  const get = (signal?: AbortSignal) => exchange(pool, { path: '/', method: 'GET' }, signal);

  it('gives status, headers and the whole of a body that comes in pieces, whatever notices came before', async () => {
    answer = (socket) => {
      socket.write(
        'HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\nHTTP/1.1 201 Created\r\nx-a: 1\r\ncontent-length: 6\r\n\r\nab',
      );
      setImmediate(() => socket.write('cd', () => socket.write('ef')));
    };
    const { status, headers, body } = await get();
    expect([status, headers['x-a'], headers['link'], body.toString()]).toEqual([201, '1', undefined, 'abcdef']);
  });

  it('gives an empty body when there is none', async () => {
    answer = (socket) => socket.write('HTTP/1.1 204 No Content\r\n\r\n');
    expect(await get()).toMatchObject({ status: 204, body: Buffer.alloc(0) });
  });

  it.each([
    ['before an answer', ''],
    ['in the middle of a body', 'HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nab'],
  ])('fails when the connection ends %s', async (_when, text) => {
    answer = (socket) => socket.end(text);
    await expect(get()).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
  });

  it('fails with the reason of its signal before, while it waits for a connection, and while it waits for the answer', async () => {
    const reason = new Error('enough');
    await expect(get(AbortSignal.abort(reason))).rejects.toBe(reason);
    const [held, queued] = [new AbortController(), new AbortController()];
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    answer = () => undefined;
    const [first, second] = [get(held.signal), get(queued.signal)];
    await isAsked;
    queued.abort(reason);
    await expect(second).rejects.toBe(reason);
    held.abort(reason);
    await expect(first).rejects.toBe(reason);
    answer = (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
    expect(await get()).toMatchObject({ status: 200 });
  });
});
