import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One span as a collector got it, of OTLP's JSON encoding. */
export interface CollectedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly status?: { readonly code?: number };
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
}

interface Body {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly CollectedSpan[] }[] }[];
}

/** An OTLP/HTTP collector of the JSON encoding that can be slow, refuse or cut connections. */
export class Collector {
  readonly spans: CollectedSpan[] = [];
  requests = 0;
  /** Status to answer with; undefined keeps the sender waiting, 'reset' cuts the connection. */
  status: number | 'reset' | undefined = 200;
  /** Headers of every answer. */
  headers: Record<string, string> = {};
  private port = 0;
  private server = this.makeServer();

  /** Listens; after a stop on the same port again. */
  async start(): Promise<string> {
    if (this.port !== 0) this.server = this.makeServer();
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
    return `http://127.0.0.1:${this.port}`;
  }

  /** Frees the port at once, open requests included. */
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private makeServer(): Server {
    return createServer((request, response) => void this.take(request, response).catch(() => undefined));
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests += 1;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (this.status === undefined) return;
    if (this.status === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    if (this.status === 200) {
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Body;
      this.spans.push(...body.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)));
    }
    response.writeHead(this.status, { 'content-type': 'application/json', ...this.headers }).end('{}');
  }
}
