import { Injectable } from '@nestjs/common';
import { SpanStatusCode, type Attributes } from '@opentelemetry/api';
import { Agent, request } from 'undici';
import { Tracing } from '../telemetry/tracing.js';

/** A reply that does not end must not fill the memory: replies of the neighbours are documents at most. */
const MAX_REPLY_BYTES = 67_108_864;

/** One call to another system. */
export interface OutgoingCall {
  /** Span name, `<system>.<operation>`. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Whole-call limit; 10 s when omitted. */
  readonly timeoutMs?: number;
}

/** What came back, whatever its status. */
export interface OutgoingReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** The other system did not answer: refused, reset, timed out. The message names the call and the cause. */
export class OutgoingError extends Error {
  override readonly name = 'OutgoingError';
}

/** HTTP client of the emulators: keep-alive connections, one client span per call, the caller's trace context sent along. */
@Injectable()
export class OutgoingHttp {
  private readonly agent = new Agent({
    connections: 256,
    keepAliveTimeout: 30_000,
    pipelining: 1,
    maxResponseSize: MAX_REPLY_BYTES,
  });

  constructor(private readonly tracing: Tracing) {}

  /** @throws OutgoingError when no complete reply came */
  call(call: OutgoingCall): Promise<OutgoingReply> {
    const headers: Record<string, string> = { ...call.headers };
    return this.tracing.client(call.name, headers, async (span) => {
      if (span.isRecording()) span.setAttributes(addressOf(call));
      try {
        const reply = await request(call.url, {
          dispatcher: this.agent,
          method: call.method,
          headers,
          body: call.body ?? null,
          signal: AbortSignal.timeout(call.timeoutMs ?? 10_000),
        });
        const body = Buffer.from(await reply.body.arrayBuffer());
        span.setAttribute('http.response.status_code', reply.statusCode);
        if (reply.statusCode >= 400) span.setStatus({ code: SpanStatusCode.ERROR });
        return { status: reply.statusCode, headers: reply.headers, body };
      } catch (failure) {
        throw new OutgoingError(`${call.name}: ${failure instanceof Error ? failure.message : String(failure)}`);
      }
    });
  }

  /** A call whose body is JSON; `body` undefined sends none. */
  json(call: Omit<OutgoingCall, 'body'> & { readonly body?: unknown }): Promise<OutgoingReply> {
    const { body, ...rest } = call;
    if (body === undefined) return this.call(rest);
    return this.call({
      ...rest,
      headers: { 'content-type': 'application/json', ...rest.headers },
      body: JSON.stringify(body),
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }
}

/** A call in the words of the semantic conventions for HTTP client spans; the query may hold secrets and stays out. */
function addressOf({ method, url }: OutgoingCall): Attributes {
  const { hostname, port, protocol, pathname } = new URL(url);
  const standard = protocol === 'https:' ? 443 : 80;
  return {
    'http.request.method': method,
    'server.address': hostname,
    'server.port': Number(port || standard),
    'url.path': pathname,
  };
}

/** The reply's body as JSON. @throws OutgoingError when it is not JSON */
export function jsonOf(name: string, reply: OutgoingReply): unknown {
  try {
    return JSON.parse(reply.body.toString('utf8')) as unknown;
  } catch {
    throw new OutgoingError(`${name}: status ${reply.status}, body is not JSON`);
  }
}
