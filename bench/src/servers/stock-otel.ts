import { trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { context } from '@opentelemetry/api';
import {
  AlwaysOffSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { createRequire } from 'node:module';

/** What is used of the instrumentation, which is installed beside the other peers. */
interface HttpInstrumentation {
  setTracerProvider(provider: unknown): void;
  enable(): void;
}

const [, , share = '0', endpoint = '', folder = ''] = process.argv;
const ratio = Number(share);
const sampler =
  ratio === 0 ? new AlwaysOffSampler() : new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) });
const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces` });
const provider = new TracerProvider({ sampler, spanProcessors: [new BatchSpanProcessor({ exporter })] });
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(provider);
const stock = createRequire(`${folder}/package.json`)('@opentelemetry/instrumentation-http') as {
  HttpInstrumentation: new () => HttpInstrumentation;
};
const instrumentation = new stock.HttpInstrumentation();
instrumentation.setTracerProvider(provider);
instrumentation.enable();
// Only what is loaded after the instrumentation is instrumented.
await import('./bare-nest.js');
