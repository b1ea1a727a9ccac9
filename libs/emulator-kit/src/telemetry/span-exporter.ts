import type { SpanExporter } from '@opentelemetry/sdk-trace';
import type { SpanQueueLimits } from './span-queue.js';

/** Where spans go, or undefined when nobody listens. */
export function tracesEndpoint(environment: NodeJS.ProcessEnv): string | undefined {
  const exporters = (environment['OTEL_TRACES_EXPORTER'] || 'otlp').split(',').map((name) => name.trim());
  if (environment['OTEL_SDK_DISABLED'] === 'true' || !exporters.includes('otlp')) return undefined;
  return environment['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] || environment['OTEL_EXPORTER_OTLP_ENDPOINT'] || undefined;
}

/**
 * The OTLP exporter `OTEL_EXPORTER_OTLP_PROTOCOL` names: `http/protobuf` (default), `http/json` or `grpc`. Headers, certificates, compression
 * and timeouts come from the exporter's own `OTEL_EXPORTER_OTLP_*` variables.
 */
export async function openExporter(environment: NodeJS.ProcessEnv): Promise<SpanExporter> {
  const protocol =
    environment['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'] || environment['OTEL_EXPORTER_OTLP_PROTOCOL'] || 'http/protobuf';
  const limitMs = environment['OTEL_EXPORTER_OTLP_TRACES_TIMEOUT'] || environment['OTEL_EXPORTER_OTLP_TIMEOUT'];
  const timeout = limitMs ? { timeoutMillis: Number(limitMs) } : {};
  const whole = environment['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'];
  const base = environment['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? '';
  if (protocol === 'grpc') {
    const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-grpc');
    return new OTLPTraceExporter({ url: whole || base, ...timeout });
  }
  const url = whole || `${base.replace(/\/+$/, '')}/v1/traces`;
  if (protocol === 'http/json') {
    const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
    return new OTLPTraceExporter({ url, ...timeout });
  }
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-proto');
  return new OTLPTraceExporter({ url, ...timeout });
}

/** A batch is put into bytes in one go, so its size bounds how long everything else waits. */
const DEFAULTS = { maxQueued: 8192, maxBatch: 256, delayMs: 1000, shutdownMs: 5000 };

/** Limits by the `OTEL_BSP_*` variables. */
export function readQueueLimits(environment: NodeJS.ProcessEnv): SpanQueueLimits {
  const read = (name: string, otherwise: number) => {
    const value = Number(environment[name] || otherwise);
    return Number.isInteger(value) && value > 0 ? value : otherwise;
  };
  return {
    maxQueued: read('OTEL_BSP_MAX_QUEUE_SIZE', DEFAULTS.maxQueued),
    maxBatch: read('OTEL_BSP_MAX_EXPORT_BATCH_SIZE', DEFAULTS.maxBatch),
    delayMs: read('OTEL_BSP_SCHEDULE_DELAY', DEFAULTS.delayMs),
    shutdownMs: read('OTEL_BSP_EXPORT_TIMEOUT', DEFAULTS.shutdownMs),
  };
}
