import fastify from 'fastify';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { announce } from './announce.js';

/** The reference: the same bytes held ready, sent by the bare framework. The first argument is a file with them. */
const body = readFileSync(process.argv[2]!);
const app = fastify();
app.get('/*', (_request, reply) => reply.header('content-type', 'application/json;charset=utf-8').send(body));
await app.listen({ port: 0, host: '127.0.0.1' });
announce({ port: (app.server.address() as AddressInfo).port });
