import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { timingSafeEqual } from 'node:crypto';
import type { OtlpBatch } from './otlp-batch.js';
import { decodeJson } from './otlp-json.codec.js';
import { decodeProtobuf } from './otlp-protobuf.codec.js';
import { exportAnswer } from './otlp-answer.codec.js';
import { OtlpFormatError } from './protobuf-reader.js';
import type { TraceSpan } from './trace-span.js';

const inflate = promisify(gunzip);
/** How long the rest of a refused request is listened to. */
const LINGER_MS = 1000;

/** What one request may cost. */
export interface ReceiverLimits {
  /** Bytes of a body as sent. */
  readonly maxBodyBytes: number;
  /** Bytes of a body unpacked. */
  readonly maxUnpackedBytes: number;
  /** Bytes of all bodies being read; further requests are asked to come again. */
  readonly maxOpenBytes: number;
}

export const RECEIVER_LIMITS: ReceiverLimits = {
  maxBodyBytes: 4_000_000,
  maxUnpackedBytes: 16_000_000,
  maxOpenBytes: 64_000_000,
};

/** A request as it came, for those who pass it on. */
export interface RawExport {
  readonly contentType: string;
  readonly encoding: string | undefined;
  readonly body: Buffer;
}

export interface ReceiverOptions {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Bearer token senders must have. */
  readonly token?: string;
  readonly limits?: ReceiverLimits;
  onSpans(spans: readonly TraceSpan[]): void;
  /** Every request that was taken. */
  onExport?(raw: RawExport): void;
}

/** Counts of what came in. */
export interface ReceiverCounts {
  requests: number;
  spans: number;
  /** Spans that broke a rule within requests that were taken. */
  rejectedSpans: number;
  /** Requests refused as a whole, by status; `aborted`: those whose sender went away before their end. */
  refused: Record<string, number>;
}

/** A request that is not taken. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** The sender went away in the middle of a request. */
class Aborted extends Error {}

const DECODERS: Readonly<Record<string, (body: Buffer) => OtlpBatch>> = {
  'application/x-protobuf': decodeProtobuf,
  'application/json': decodeJson,
};

/** OTLP over HTTP for traces: `POST /v1/traces`, protobuf or JSON, plain or gzip. What is malformed is refused and leaves no trace. */
export class OtlpReceiver {
  readonly counts: ReceiverCounts = { requests: 0, spans: 0, rejectedSpans: 0, refused: {} };
  private readonly server: Server;
  private readonly limits: ReceiverLimits;
  private openBytes = 0;

  constructor(private readonly options: ReceiverOptions) {
    this.limits = options.limits ?? RECEIVER_LIMITS;
    this.server = createServer(
      { requestTimeout: 30_000, headersTimeout: 10_000, maxHeaderSize: 16_384 },
      (request, response) => void this.answer(request, response),
    );
    this.server.maxConnections = 512;
  }

  /** Base address for `OTEL_EXPORTER_OTLP_ENDPOINT`. Throws when the port cannot be listened on. */
  async start(): Promise<string> {
    const { host, port } = this.options;
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => {
        this.server.off('error', reject);
        resolve();
      });
    });
    const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
    return `http://${reachable}:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    if (!this.server.listening) return;
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  /** Takes what was decoded, whichever way it came. */
  accept(batch: OtlpBatch, raw: RawExport): void {
    const { counts } = this;
    counts.requests += 1;
    counts.spans += batch.spans.length;
    counts.rejectedSpans += batch.rejected;
    this.options.onExport?.(raw);
    this.options.onSpans(batch.spans);
  }

  /** Counts a request that was not taken. */
  refused(why: string): void {
    this.counts.refused[why] = (this.counts.refused[why] ?? 0) + 1;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const type = (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
    try {
      const batch = await this.take(request, type);
      const { content, body } = exportAnswer(type, batch);
      response.writeHead(200, { 'content-type': content, 'content-length': body.length }).end(body);
    } catch (failure) {
      this.refuse(request, response, failure);
    }
  }

  private async take(request: IncomingMessage, type: string): Promise<OtlpBatch> {
    const decode = this.admit(request, type);
    const packed = await this.read(request);
    const encoding = request.headers['content-encoding'];
    const batch = decode(await this.unpack(packed, encoding));
    this.accept(batch, { contentType: type, encoding, body: packed });
    return batch;
  }

  /** What can be refused before the body is read. */
  private admit({ method, url = '', headers }: IncomingMessage, type: string): (body: Buffer) => OtlpBatch {
    const decode = DECODERS[type];
    if (url.split('?')[0] !== '/v1/traces') throw new Refusal(404, 'traces are taken at /v1/traces');
    if (method !== 'POST') throw new Refusal(405, 'traces are taken by POST');
    if (!this.isWelcome(headers.authorization)) throw new Refusal(401, 'bearer token required');
    if (decode === undefined) throw new Refusal(415, 'content-type must be application/x-protobuf or application/json');
    if (Number(headers['content-length'] ?? 0) > this.limits.maxBodyBytes) throw this.tooLarge();
    if (this.openBytes >= this.limits.maxOpenBytes) throw new Refusal(429, 'too much is being read, come again');
    return decode;
  }

  private isWelcome(authorization = ''): boolean {
    const { token } = this.options;
    if (token === undefined) return true;
    const [given, wanted] = [Buffer.from(authorization), Buffer.from(`Bearer ${token}`)];
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  }

  private async read(request: IncomingMessage): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let length = 0;
    try {
      for await (const chunk of request) {
        length += (chunk as Buffer).length;
        this.openBytes += (chunk as Buffer).length;
        if (length > this.limits.maxBodyBytes) throw this.tooLarge();
        chunks.push(chunk as Buffer);
      }
    } catch (failure) {
      throw failure instanceof Refusal ? failure : new Aborted();
    } finally {
      this.openBytes -= length;
    }
    return Buffer.concat(chunks, length);
  }

  private async unpack(body: Buffer, encoding = 'identity'): Promise<Buffer> {
    if (encoding === 'identity') return body;
    if (encoding !== 'gzip') throw new Refusal(415, 'content-encoding must be gzip or absent');
    try {
      return await inflate(body, { maxOutputLength: this.limits.maxUnpackedBytes });
    } catch (failure) {
      if ((failure as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw this.tooLarge();
      throw new Refusal(400, 'body is not gzip');
    }
  }

  private tooLarge(): Refusal {
    const { maxBodyBytes, maxUnpackedBytes } = this.limits;
    return new Refusal(413, `body must not exceed ${maxBodyBytes} bytes, ${maxUnpackedBytes} unpacked`);
  }

  private refuse(request: IncomingMessage, response: ServerResponse, failure: unknown): void {
    const status = failure instanceof Refusal ? failure.status : failure instanceof OtlpFormatError ? 400 : 500;
    const isKnown = failure instanceof Refusal || failure instanceof OtlpFormatError;
    const message = isKnown ? failure.message : 'internal error';
    this.refused(failure instanceof Aborted ? 'aborted' : String(status));
    if (response.destroyed || response.headersSent) return;
    const headers = { 'content-type': 'application/json', ...(status === 429 ? { 'retry-after': '1' } : {}) };
    // What is left of the body is thrown away for a moment, so that the sender gets to read the answer.
    response.writeHead(status, { ...headers, connection: 'close' }).end(JSON.stringify({ code: 3, message }));
    request.resume();
    setTimeout(() => request.destroy(), LINGER_MS).unref();
  }
}
