import { readEnvironment } from './config.js';

const AT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };

it.each<[Record<string, string>, string | undefined]>([
  [{}, undefined],
  [AT, 'http://collector:4318'],
  [{ ...AT, OTEL_TRACES_EXPORTER: 'console, otlp' }, 'http://collector:4318'],
  [{ ...AT, OTEL_TRACES_EXPORTER: 'none' }, undefined],
  [{ ...AT, OTEL_SDK_DISABLED: 'true' }, undefined],
])('with %j spans are exported to %s', (variables, endpoint) => {
  expect(readEnvironment(variables).otlpEndpoint).toBe(endpoint);
});

it.each<[Record<string, string>, number]>([
  [{}, 1],
  [{ OTEL_TRACES_SAMPLER: 'always_off' }, 0],
  [{ OTEL_TRACES_SAMPLER: 'parentbased_always_off' }, 0],
  [{ OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.25' }, 0.25],
  [{ OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '2' }, 1],
  [{ OTEL_TRACES_SAMPLER: 'always_on', OTEL_TRACES_SAMPLER_ARG: '0.25' }, 1],
])('with %j a share of %d is traced', (variables, share) => {
  expect(readEnvironment(variables).traces?.share).toBe(share);
});

it('reads where the run takes spans, and the protocol of its own', () => {
  const traces = readEnvironment({
    LOAD_OTLP_LISTEN: '0.0.0.0:4318',
    LOAD_OTLP_GRPC_LISTEN: '0.0.0.0:4317',
    LOAD_OTLP_ADVERTISE: 'http://load:4318',
    LOAD_OTLP_TOKEN: 'secret',
    OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json',
  }).traces;
  expect(traces).toEqual({
    listen: '0.0.0.0:4318',
    listenGrpc: '0.0.0.0:4317',
    advertise: 'http://load:4318',
    token: 'secret',
    protocol: 'http/json',
    share: 1,
  });
});
