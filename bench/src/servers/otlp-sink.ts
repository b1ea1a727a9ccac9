import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { announce } from './announce.js';

/** A collector that throws everything away, with the status its argument names; `never` keeps whoever sends waiting for an answer. */
const status = process.argv[2] ?? '200';
const server = createServer((request, response) => {
  request.resume();
  if (status === 'never') return;
  const headers = { 'content-type': 'application/x-protobuf', ...(status === '429' ? { 'retry-after': '1' } : {}) };
  request.on('end', () => response.writeHead(Number(status), headers).end());
});
server.listen(0, '127.0.0.1', () => announce({ port: (server.address() as AddressInfo).port }));
