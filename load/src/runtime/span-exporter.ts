import type { ExportResult } from '@opentelemetry/core';
import { ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';

/** OTLP protocols by the names of `OTEL_EXPORTER_OTLP_PROTOCOL`. */
const PROTOCOLS: Readonly<Record<string, () => Promise<SpanExporter>>> = {
  grpc: async () => new (await import('@opentelemetry/exporter-trace-otlp-grpc')).OTLPTraceExporter(),
  'http/json': async () => new (await import('@opentelemetry/exporter-trace-otlp-http')).OTLPTraceExporter(),
  'http/protobuf': async () => new (await import('@opentelemetry/exporter-trace-otlp-proto')).OTLPTraceExporter(),
};

/** The exporter a protocol needs, loaded with its first batch: most runs send nothing. Endpoint and headers are the `OTEL_*` variables'. */
export class OtlpExporter implements SpanExporter {
  private opened: Promise<SpanExporter> | undefined;

  constructor(private readonly protocol = 'http/protobuf') {}

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.opened ??= (PROTOCOLS[this.protocol] ?? PROTOCOLS['http/protobuf']!)();
    this.opened.then(
      (exporter) => exporter.export(spans, done),
      (error: unknown) => done({ code: ExportResultCode.FAILED, error: error as Error }),
    );
  }

  async shutdown(): Promise<void> {
    await (await this.opened)?.shutdown();
  }
}
