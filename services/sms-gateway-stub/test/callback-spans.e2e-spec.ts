import { stopTelemetry } from '@poligon/emulator-kit';
import { Collector } from '@poligon/testing';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { phone, startSms, type SmsStand } from './sms-stand.js';

const MESSAGES = 40;

let collector: Collector;
let sms: SmsStand;
let listener: Server;
/** Contexts that callbacks brought, and whoever waits for the next. */
let contexts: string[];
let heard: () => void = () => undefined;

beforeEach(async () => {
  collector = new Collector();
  contexts = [];
  listener = createServer((incoming, reply) => {
    incoming.resume();
    contexts.push(String(incoming.headers['traceparent']));
    reply.writeHead(200).end('100');
    heard();
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  sms = await startSms({
    OTEL_EXPORTER_OTLP_ENDPOINT: await collector.start(),
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    SMS_CALLBACK_URL: `http://127.0.0.1:${(listener.address() as AddressInfo).port}/`,
  });
});
afterEach(async () => {
  await sms.emulator.close();
  await stopTelemetry();
  await collector.stop();
  listener.closeAllConnections();
  await new Promise((resolve) => listener.close(resolve));
});

it('a callback belongs to the trace of its message, however many wait for the same line', async () => {
  const traceOf = (at: number) => String(at + 1).padStart(32, '0');
  const send = async (at: number) => {
    const reply = await request(`${sms.emulator.protocolUrl}/2010-04-01/Accounts/AC${'0'.repeat(32)}/Messages.json`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${Buffer.from(`AC${'0'.repeat(32)}:poligon`).toString('base64')}`,
        traceparent: `00-${traceOf(at)}-${'c'.repeat(16)}-01`,
      },
      body: new URLSearchParams({ To: `+${phone}`, From: '+15005550006', Body: 'a' }).toString(),
    });
    await reply.body.dump();
    return reply.statusCode;
  };
  const statuses = await Promise.all(Array.from({ length: MESSAGES }, (_, at) => send(at)));
  expect(new Set(statuses)).toEqual(new Set([201]));
  const tellsOf = () => {
    const count = new Map<string, number>();
    for (const context of contexts) count.set(context.slice(3, 35), (count.get(context.slice(3, 35)) ?? 0) + 1);
    return count;
  };
  // Queued, sent and delivered are told of every message.
  while (contexts.length < MESSAGES * 2) await new Promise<void>((resolve) => (heard = resolve));
  expect([...tellsOf().keys()].sort()).toEqual(Array.from({ length: MESSAGES }, (_, at) => traceOf(at)));
  expect(new Set(tellsOf().values())).toEqual(new Set([contexts.length / MESSAGES]));
});
