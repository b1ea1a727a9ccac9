import type { ExportResult } from '@opentelemetry/core';
import { ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';

/** Opens an exporter. */
type OpenExporter = () => Promise<SpanExporter>;

/** OTLP protocols by the names of `OTEL_EXPORTER_OTLP_PROTOCOL`. */
const PROTOCOLS: Readonly<Record<string, OpenExporter>> = {
  grpc: async () => new (await import('@opentelemetry/exporter-trace-otlp-grpc')).OTLPTraceExporter(),
  'http/json': async () => new (await import('@opentelemetry/exporter-trace-otlp-http')).OTLPTraceExporter(),
  'http/protobuf': async () => new (await import('@opentelemetry/exporter-trace-otlp-proto')).OTLPTraceExporter(),
};

/** An exporter to the receiver of a run. */
export function receiverExporter({ endpoint, token }: { endpoint: string; token?: string | undefined }): SpanExporter {
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return new OtlpExporter(async () => {
    const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-proto');
    return new OTLPTraceExporter({ url, headers });
  });
}

/** The exporter a protocol needs, loaded with its first batch: most runs send nothing. Endpoint and headers are the `OTEL_*` variables'. */
export class OtlpExporter implements SpanExporter {
  private opened: Promise<SpanExporter> | undefined;

  private readonly open: OpenExporter;

  /** `how`: name of a protocol, or what opens the exporter. */
  constructor(how: string | OpenExporter = 'http/protobuf') {
    this.open = typeof how === 'function' ? how : (PROTOCOLS[how] ?? PROTOCOLS['http/protobuf']!);
  }

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.opened ??= this.open();
    this.opened.then(
      (exporter) => exporter.export(spans, done),
      (error: unknown) => done({ code: ExportResultCode.FAILED, error: error as Error }),
    );
  }

  async shutdown(): Promise<void> {
    await (await this.opened)?.shutdown();
  }
}
