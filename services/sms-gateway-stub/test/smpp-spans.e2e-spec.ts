import { stopTelemetry } from '@poligon/emulator-kit';
import { Collector, type CollectedSpan } from '@poligon/testing';
import { bind, call, dropAll } from './smpp-client.js';
import { phone, startSms, type SmsStand } from './sms-stand.js';

const SERVER = 2;
const CLIENT = 3;
const MESSAGES = 40;

let collector: Collector;
let sms: SmsStand;

beforeEach(async () => {
  collector = new Collector();
  sms = await startSms({
    OTEL_EXPORTER_OTLP_ENDPOINT: await collector.start(),
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  });
});
afterEach(async () => {
  await dropAll();
  await sms.emulator.close();
  await stopTelemetry();
  await collector.stop();
});

const named = (name: string, kind: number) => (span: CollectedSpan) => span.name === name && span.kind === kind;

it('a receipt over SMPP is a client span of the message it tells of, from its making to its answer', async () => {
  const { session, next } = await bind({ port: sms.smppPort });
  const fields = { source_addr: 'HRLink', destination_addr: phone, dest_addr_ton: 1, registered_delivery: 1 };
  await Promise.all(
    Array.from({ length: MESSAGES }, () => call(session, 'submit_sm', { ...fields, short_message: 'a' })),
  );
  for (let receipt = 0; receipt < MESSAGES; receipt += 1) await next();
  // The answers to receipts stand before this one's request.
  await call(session, 'enquire_link');
  await stopTelemetry();
  const submits = collector.spans.filter(named('smpp.submit_sm', SERVER));
  const receipts = collector.spans.filter(named('smpp.deliver_sm', CLIENT));
  expect([submits.length, receipts.length]).toEqual([MESSAGES, MESSAGES]);
  const submitOf = new Map(submits.map(({ spanId, traceId }) => [spanId, traceId]));
  expect(receipts.map(({ parentSpanId }) => submitOf.get(parentSpanId!))).toEqual(
    receipts.map(({ traceId }) => traceId),
  );
  expect(new Set(receipts.map(({ traceId }) => traceId)).size).toBe(MESSAGES);
  expect(receipts.every(({ status }) => (status?.code ?? 0) === 0)).toBe(true);
});
