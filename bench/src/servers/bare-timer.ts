import { Draw, sampler, type Distribution } from '@poligon/emulator-kit';
import { fastify } from 'fastify';
import type { AddressInfo } from 'node:net';
import { announce } from './announce.js';
import { latencySetting } from './latency-setting.js';

/** The reference for delays: bare Fastify, one platform timer per reply. */
const distribution: Distribution = latencySetting();
const sample = sampler(distribution);
const draw = new Draw().aim(1);
const server = fastify();
server.get('/stub', (_request, reply) => {
  const intendedMs = sample(draw);
  setTimeout(() => void reply.send({ intendedMs }), intendedMs);
});
await server.listen({ port: 0, host: '127.0.0.1' });
announce({ port: (server.server.address() as AddressInfo).port });
