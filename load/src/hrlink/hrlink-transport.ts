import type { HrlinkOperation, HrlinkProfile } from '@poligon/hrlink-api';
import { buildBody, expandPath } from '@poligon/hrlink-api';
import type { Dispatcher } from 'undici';
import type { Clock } from '../engine/clock.js';
import type { OperationTrace } from '../runtime/tracing.js';
import type { CallMeter } from './call-meter.js';
import { HrlinkCallError } from './hrlink.errors.js';
import { exchange } from './http-exchange.js';
import { MULTIPART_CONTENT_TYPE, multipartBody } from './multipart.js';
import type { UploadFile } from './multipart.js';

/** What travels with a call besides its operation id. */
export interface CallParts {
  path?: Record<string, string>;
  /** Parameters of the profile's body template, or the body itself when the operation has no template. */
  body?: object;
  files?: readonly UploadFile[];
  headers?: Record<string, string>;
  trace?: OperationTrace;
  signal?: AbortSignal;
}

export interface RawAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** Parsed JSON, or undefined when the answer is not JSON. */
  json: unknown;
  sizeBytes: number;
  /** Body of an answer that is not JSON. */
  file?: Buffer;
}

export interface TransportOptions {
  dispatcher: Dispatcher;
  /** Base address of HRLink. */
  url: string;
  profile: HrlinkProfile;
  meter: CallMeter;
  clock: Clock;
}

/** Sends one call of the path profile, measures it, traces it and turns every refusal into HrlinkCallError. */
export class HrlinkTransport {
  private readonly origin: string;
  private readonly prefix: string;

  constructor(readonly options: TransportOptions) {
    const url = new URL(options.url);
    this.origin = url.origin;
    this.prefix = url.pathname.replace(/\/$/, '');
  }

  get profile(): HrlinkProfile {
    return this.options.profile;
  }

  get host(): string {
    return new URL(this.origin).host;
  }

  async send(op: HrlinkOperation, parts: CallParts = {}): Promise<RawAnswer> {
    const { clock, meter, profile } = this.options;
    const { evidence } = profile.operations[op];
    const span = parts.trace?.call(op);
    const from = clock.now();
    let failure: HrlinkCallError | undefined;
    let status = 'net';
    try {
      const answer = await this.exchange(op, parts, span?.traceparent);
      status = String(answer.status);
      failure = refusal(op, answer);
      if (failure) throw failure;
      return answer;
    } catch (error) {
      failure ??= networkFailure(op, error as Error);
      throw failure;
    } finally {
      meter.record(op, { evidence, status, failed: failure !== undefined, durationMs: clock.now() - from });
      span?.end(failure?.cause);
    }
  }

  private async exchange(op: HrlinkOperation, parts: CallParts, traceparent?: string): Promise<RawAnswer> {
    const { dispatcher, profile } = this.options;
    const headers: Record<string, string> = { accept: 'application/json', ...parts.headers };
    if (traceparent) headers['traceparent'] = traceparent;
    let body: Buffer | string | null = null;
    if (parts.files) {
      headers['content-type'] = MULTIPART_CONTENT_TYPE;
      body = multipartBody(parts.files);
    } else if (profile.operations[op].method !== 'GET') {
      headers['content-type'] = 'application/json';
      body = JSON.stringify(buildBody(profile, op, (parts.body ?? {}) as Record<string, unknown>));
    }
    const { origin } = this;
    const path = this.prefix + expandPath(profile, op, parts.path);
    const { method } = profile.operations[op];
    const answer = await exchange(dispatcher, { origin, path, method, headers, body }, parts.signal);
    const { status, body: bytes } = answer;
    const isJson = String(answer.headers['content-type'] ?? '').includes('json');
    const json = isJson ? (JSON.parse(bytes.toString('utf8')) as unknown) : undefined;
    const file = isJson ? undefined : bytes;
    return { status, headers: answer.headers, json, sizeBytes: bytes.length, file };
  }
}

/** `result` is false in every refusal, sometimes under HTTP 200 (spec hrlink.md section 3). */
function refusal(op: HrlinkOperation, answer: RawAnswer): HrlinkCallError | undefined {
  const envelope = (answer.json ?? {}) as { result?: unknown; errorCode?: string; errorMessage?: string };
  if (answer.status < 400 && envelope.result !== false) return undefined;
  const code = envelope.errorCode;
  const cause = [op, answer.status, code ?? (answer.json === undefined ? 'no envelope' : 'no code')].join(' ');
  return new HrlinkCallError(cause, envelope.errorMessage ?? '', answer.status, code);
}

function networkFailure(op: HrlinkOperation, error: Error & { code?: string }): HrlinkCallError {
  if (error instanceof HrlinkCallError) return error;
  const word = error instanceof SyntaxError ? 'broken JSON' : (error.code ?? error.name);
  return new HrlinkCallError(`${op} net ${word}`, error.message, 0);
}
