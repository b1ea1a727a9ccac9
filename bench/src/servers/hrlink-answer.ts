import { loadProfile } from '@poligon/hrlink-api';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { announce } from './announce.js';

/** A server that says who the caller is, whatever is asked: it must never be the limit of what a client can send. */
const answer = JSON.stringify({
  result: true,
  currentUser: {
    id: 'a8098c1a-f86e-11da-bd1a-00112444be1e',
    lastName: 'Иванов',
    firstName: 'Иван',
    clients: [{ id: '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed', name: 'ООО «Полигон»' }],
  },
});
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer) });
  response.end(answer);
});
server.listen(0, '127.0.0.1', () => {
  const { path } = loadProfile().operations.currentUser;
  announce({ port: (server.address() as AddressInfo).port, path });
});
