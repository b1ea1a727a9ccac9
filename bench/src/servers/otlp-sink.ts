import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { announce } from './announce.js';

/** A collector that throws everything away, with the status its argument names. */
const status = Number(process.argv[2] ?? 200);
const server = createServer((request, response) => {
  request.resume().on('end', () => response.writeHead(status, { 'content-type': 'application/x-protobuf' }).end());
});
server.listen(0, '127.0.0.1', () => announce({ port: (server.address() as AddressInfo).port }));
