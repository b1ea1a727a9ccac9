import type { Clock } from '../engine/clock.js';
import type { TraceSink } from '../runtime/tracing.js';
import { OtlpForwarder } from './otlp-forwarder.js';
import { OtlpGrpcReceiver } from './otlp-grpc-receiver.js';
import { OtlpReceiver, RECEIVER_LIMITS } from './otlp-receiver.js';
import type { StitchDecision } from './stitcher.js';
import { STORE_LIMITS, TraceStore, type StoreLimits } from './trace-store.js';
import type { TraceSpan } from './trace-span.js';
import type { TraceSummary } from './trace-summary.js';

export interface EmbeddedTracingOptions {
  /** `host:port` to listen on; port 0 picks a free one. */
  readonly listen: string;
  /** `host:port` to take OTLP over gRPC at as well. */
  readonly listenGrpc?: string | undefined;
  readonly token?: string | undefined;
  /** Base address of a real collector everything received is passed on to. */
  readonly forwardTo?: string;
  readonly clock: Clock;
  readonly limits?: StoreLimits;
}

/** Where other processes send their spans. */
export interface TracingDoors {
  /** Base address for `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  endpoint?: string;
  /** Port that takes OTLP over gRPC. */
  grpcPort?: number;
  /** Why nobody is listened to. */
  failure?: string;
}

const TICK_MS = 1000;

/** The run's own trace backend: takes OTLP from all processes and the generator's spans directly, and ends as a summary. */
export class EmbeddedTracing implements TraceSink {
  private readonly store: TraceStore;
  private readonly receiver: OtlpReceiver;
  private readonly grpc: OtlpGrpcReceiver | undefined;
  private readonly forwarder: OtlpForwarder | undefined;
  private stopTicking: (() => void) | undefined;
  private readonly graceMs: number;

  constructor(private readonly options: EmbeddedTracingOptions) {
    const { listen, listenGrpc, token, forwardTo, clock, limits = STORE_LIMITS } = options;
    this.store = new TraceStore(limits);
    this.graceMs = limits.graceMs;
    this.forwarder = forwardTo === undefined ? undefined : new OtlpForwarder(forwardTo);
    const at = listen.lastIndexOf(':');
    this.receiver = new OtlpReceiver({
      host: listen.slice(0, at).replace(/^\[|\]$/g, ''),
      port: Number(listen.slice(at + 1)),
      token,
      onSpans: (spans) => this.store.add(spans, clock.now()),
      onExport: (raw) => this.forwarder?.pass(raw),
    });
    if (listenGrpc !== undefined) this.grpc = this.grpcReceiver(listenGrpc);
  }

  /**
   * Starts listening. A port that is taken costs the other processes' spans, not the
   * run: then it gives the reason.
   */
  async start(): Promise<TracingDoors> {
    const { clock } = this.options;
    this.stopTicking = clock.every(TICK_MS, () => this.store.tick(clock.now()));
    const doors: TracingDoors = {};
    try {
      doors.endpoint = await this.receiver.start();
      if (this.grpc !== undefined) doors.grpcPort = await this.grpc.start();
    } catch (error) {
      doors.failure = (error as Error).message;
    }
    return doors;
  }

  /** What became of the spans that came without their trace, after `finish`. */
  get decisions(): readonly StitchDecision[] {
    return this.store.decisions;
  }

  begin(traceId: string, operation: string, startMs: number): void {
    this.store.begin(traceId, operation, startMs);
  }

  concerns(traceId: string, subject: string): void {
    this.store.concerns(traceId, subject);
  }

  /** Spans of this process. */
  add(spans: readonly TraceSpan[]): void {
    this.store.add(spans, this.options.clock.now());
  }

  /** Waits until the last spans had time to arrive, stops listening and tells what was found. */
  async finish(signal?: AbortSignal): Promise<TraceSummary> {
    const { clock } = this.options;
    if (this.store.hasUnsettled(clock.now()) && !signal?.aborted) await clock.sleep(this.graceMs, signal);
    this.stopTicking?.();
    this.grpc?.stop();
    await this.receiver.stop();
    await this.forwarder?.finish();
    const { intake, ...found } = this.store.finish();
    const { rejectedSpans, refused: refusedRequests } = this.receiver.counts;
    const forwarding = this.forwarder && { forwarding: { ...this.forwarder.counts } };
    return { ...found, intake: { ...intake, rejectedSpans, refusedRequests, ...forwarding } };
  }

  private grpcReceiver(listen: string): OtlpGrpcReceiver {
    return new OtlpGrpcReceiver({
      listen,
      token: this.options.token,
      maxMessageBytes: RECEIVER_LIMITS.maxBodyBytes,
      onBatch: (batch, body) =>
        this.receiver.accept(batch, { contentType: 'application/x-protobuf', encoding: undefined, body }),
      onRefused: (why) => this.receiver.refused(why),
    });
  }
}
