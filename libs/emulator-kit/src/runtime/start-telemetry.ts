import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { propagatorOf } from '../telemetry/propagator.js';
import { readSampling } from '../telemetry/sampling.js';
import { openExporter, readQueueLimits, tracesEndpoint } from '../telemetry/span-exporter.js';
import { SpanQueue } from '../telemetry/span-queue.js';
import { tracingState } from '../telemetry/tracing-state.js';

let stop: (() => Promise<void>) | undefined;
let isPropagating = false;

/**
 * Turns on propagation by `OTEL_PROPAGATORS`, and export over OTLP when `OTEL_EXPORTER_OTLP_ENDPOINT` or `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` is set. Protocol,
 * sampler, queue and exporter follow the other `OTEL_*` variables; `<prefix>_OTEL_TRACES_SAMPLER` and its `_ARG` are for one service.
 * Once per process; later calls do nothing.
 */
export async function startTelemetry(
  service: string,
  environment: NodeJS.ProcessEnv = process.env,
  prefix?: string,
): Promise<void> {
  if (!isPropagating) {
    isPropagating = true;
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    propagation.setGlobalPropagator(propagatorOf(environment));
  }
  if (stop !== undefined || tracesEndpoint(environment) === undefined) return;
  // The SDK is large and only needed when somebody listens.
  const [{ TracerProvider, AlwaysOnSampler }, resources] = await Promise.all([
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/resources'),
  ]);
  const queue = new SpanQueue(await openExporter(environment), readQueueLimits(environment));
  const named = resources.resourceFromAttributes({
    'service.name': service,
    'service.instance.id': String(process.pid),
  });
  // `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` win over what the service says of itself.
  const resource = named.merge(resources.detectResources({ detectors: [resources.envDetector] }));
  // What is recorded is decided before a span is made; whatever the SDK is asked for is meant to be recorded.
  const provider = new TracerProvider({ resource, sampler: new AlwaysOnSampler(), spanProcessors: [queue] });
  trace.setGlobalTracerProvider(provider);
  const sampling = readSampling(environment, prefix);
  const { rootShare } = sampling;
  const isRootRecorded = () => rootShare > 0 && (rootShare >= 1 || Math.random() < rootShare);
  Object.assign(tracingState, {
    isRecording: true,
    sampling,
    queue,
    isRootRecorded,
    tracer: provider.getTracer('poligon'),
  });
  stop = () => provider.shutdown();
}

/** Sends what is still buffered; never throws, a dead collector must not fail a stop. */
export async function stopTelemetry(): Promise<void> {
  const shutdown = stop;
  stop = undefined;
  tracingState.isRecording = false;
  await shutdown?.().catch(() => undefined);
  trace.disable();
  tracingState.tracer = trace.getTracer('poligon');
}
