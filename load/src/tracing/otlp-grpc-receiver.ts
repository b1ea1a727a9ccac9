import type { Server, ServerUnaryCall, sendUnaryData, ServiceDefinition } from '@grpc/grpc-js';
import { timingSafeEqual } from 'node:crypto';
import { exportAnswer } from './otlp-answer.codec.js';
import type { OtlpBatch } from './otlp-batch.js';
import { decodeProtobuf } from './otlp-protobuf.codec.js';
import { OtlpFormatError } from './protobuf-reader.js';

/** Codes of gRPC by name; the library that has them is loaded only when somebody listens. */
const CODE = { invalidArgument: 3, internal: 13, unauthenticated: 16 } as const;
const PROTOBUF = 'application/x-protobuf';
/** Requests of one connection in progress at once: with their size they bound what one sender may cost. */
const MAX_STREAMS = 8;

/** `TraceService` of opentelemetry-proto 1.x; what is in a message is read from its bytes, by the same codec as over HTTP. */
const SERVICE = {
  export: {
    path: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
    requestStream: false,
    responseStream: false,
    requestSerialize: (body: Buffer) => body,
    requestDeserialize: (body: Buffer) => body,
    responseSerialize: (body: Buffer) => body,
    responseDeserialize: (body: Buffer) => body,
  },
} satisfies ServiceDefinition;

export interface GrpcReceiverOptions {
  /** `host:port`; port 0 picks a free one. */
  readonly listen: string;
  /** Bearer token senders must have. */
  readonly token?: string | undefined;
  /** Bytes of one message, unpacked. */
  readonly maxMessageBytes: number;
  onBatch(batch: OtlpBatch, body: Buffer): void;
  /** A request that is not taken; `code` of gRPC. */
  onRefused(code: string): void;
}

/** OTLP over gRPC for traces, beside the receiver over HTTP. */
export class OtlpGrpcReceiver {
  private server: Server | undefined;

  constructor(private readonly options: GrpcReceiverOptions) {}

  /** Port it listens on. Throws when it cannot. */
  async start(): Promise<number> {
    const { Server: GrpcServer, ServerCredentials, logVerbosity, setLogVerbosity } = await import('@grpc/grpc-js');
    // What goes wrong is told by the run.
    setLogVerbosity(logVerbosity.NONE);
    const server = new GrpcServer({
      'grpc.max_receive_message_length': this.options.maxMessageBytes,
      'grpc.max_concurrent_streams': MAX_STREAMS,
    });
    server.addService(SERVICE, { export: (call: Call, done: sendUnaryData<Buffer>) => this.take(call, done) });
    this.server = server;
    return new Promise((resolve, reject) => {
      server.bindAsync(this.options.listen, ServerCredentials.createInsecure(), (failure, port) =>
        failure === null ? resolve(port) : reject(failure),
      );
    });
  }

  stop(): void {
    this.server?.forceShutdown();
  }

  private take({ metadata, request }: Call, done: sendUnaryData<Buffer>): void {
    if (!this.isWelcome(String(metadata.get('authorization')[0] ?? ''))) {
      this.refuse(done, CODE.unauthenticated, 'bearer token required');
      return;
    }
    try {
      const batch = decodeProtobuf(request);
      this.options.onBatch(batch, request);
      done(null, exportAnswer(PROTOBUF, batch).body);
    } catch (failure) {
      if (failure instanceof OtlpFormatError) this.refuse(done, CODE.invalidArgument, failure.message);
      else this.refuse(done, CODE.internal, 'internal error');
    }
  }

  private refuse(done: sendUnaryData<Buffer>, code: number, details: string): void {
    this.options.onRefused(`grpc ${code}`);
    done({ code, details });
  }

  private isWelcome(authorization: string): boolean {
    const { token } = this.options;
    if (token === undefined) return true;
    const [given, wanted] = [Buffer.from(authorization), Buffer.from(`Bearer ${token}`)];
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  }
}

type Call = ServerUnaryCall<Buffer, Buffer>;
