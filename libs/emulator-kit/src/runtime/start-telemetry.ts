import { context, propagation } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { tracingState } from '../telemetry/tracing.js';

let stop: (() => Promise<void>) | undefined;
let isPropagating = false;

/**
 * Turns on W3C propagation, and export over OTLP when `OTEL_EXPORTER_OTLP_ENDPOINT` or `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` is set.
 * All other `OTEL_*` variables are the SDK's own. Once per process; later calls do nothing.
 */
export async function startTelemetry(service: string, environment: NodeJS.ProcessEnv = process.env): Promise<void> {
  if (!isPropagating) {
    isPropagating = true;
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  }
  const endpoint = environment['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] ?? environment['OTEL_EXPORTER_OTLP_ENDPOINT'];
  if (stop !== undefined || endpoint === undefined || endpoint === '') return;
  // The SDK is large and only needed when somebody listens.
  const { NodeSDK } = await import('@opentelemetry/sdk-node');
  const sdk = new NodeSDK({ serviceName: service, instrumentations: [], autoDetectResources: false });
  sdk.start();
  tracingState.isRecording = true;
  stop = () => sdk.shutdown();
}

/** Sends what is still buffered; never throws, a dead collector must not fail a stop. */
export async function stopTelemetry(): Promise<void> {
  const shutdown = stop;
  stop = undefined;
  tracingState.isRecording = false;
  await shutdown?.().catch(() => undefined);
}
