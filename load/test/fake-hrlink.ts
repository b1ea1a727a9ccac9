import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HRLINK_OPERATIONS, loadProfile } from '@poligon/hrlink-api';
import type { HrlinkOperation } from '@poligon/hrlink-api';
import type { FakeInbox } from './fake-inbox.js';
import { fakeHandlers } from './fake-hrlink-handlers.js';

export interface FakeCall {
  op: HrlinkOperation;
  params: Record<string, string>;
  // Bodies are whatever the client sent.
  body: any; // eslint-disable-line @typescript-eslint/no-explicit-any
  headers: IncomingMessage['headers'];
  response: ServerResponse;
  base: string;
}

export interface SentDocument {
  number: string;
  typeId: string;
  legalEntityId: string;
  employeeIds: string[];
}

export type FakeHandler = (call: FakeCall) => object;

/** Thrown by a handler to answer with an error envelope. */
export class FakeRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(code);
  }
}

const profile = loadProfile();
const ROUTES = HRLINK_OPERATIONS.map((op) => {
  const { method, path } = profile.operations[op];
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  return { op, method, names, pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '([^/]+)')}$`) };
}).sort((a, b) => a.names.length - b.names.length);

/** A call as it came. */
export interface RecordedCall {
  readonly op: HrlinkOperation;
  readonly traceparent?: string;
  readonly token?: string;
  readonly cookie?: string;
}

/** A small HRLink with the flows the scenarios walk through; everything happens at once. */
export class FakeHrlink {
  readonly calls: RecordedCall[] = [];
  /** Refusals to answer with, by operation; each is used once. */
  readonly refusals: { op: HrlinkOperation; refusal: FakeRefusal }[] = [];
  /** Calls that met one of them. */
  readonly refused: RecordedCall[] = [];
  /** Operations that are refused every time. */
  readonly broken = new Map<HrlinkOperation, FakeRefusal>();
  /** While there is one, calls are answered only after it. */
  gate: Promise<void> | undefined;
  /** Milliseconds that the answer to a call about the document of this number takes; 0 for other calls. */
  delayMs: ((op: HrlinkOperation, number: string) => number) | undefined;
  /** Documents that were sent for signing, as often as they were. */
  readonly sent: SentDocument[] = [];
  /** Local regulations as they were made and to whom they were sent. */
  readonly regulations: { typeId?: string; legalEntityId?: string; employeeIds?: string[] }[] = [];
  /** Employees that were entered one by one. */
  readonly hired: { legalEntityId: string; departmentId: string; positionId: string }[] = [];
  /** Names of the files that were uploaded. */
  readonly uploads: string[] = [];
  /** Calls that have met a gate. */
  gated = 0;
  private readonly handlers: Partial<Record<HrlinkOperation, FakeHandler>>;
  private server!: Server;
  url = '';

  constructor(inbox: FakeInbox, caStyle: 'astral' | 'kontur' = 'astral') {
    this.handlers = fakeHandlers(inbox, caStyle);
  }

  async start(): Promise<this> {
    this.server = createServer((request, response) => void this.answer(request, response));
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  count(op: HrlinkOperation): number {
    return this.calls.filter((call) => call.op === op).length;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const path = (request.url ?? '/').split('?')[0]!;
    if (path === '/esia/login') {
      response.writeHead(302, { location: `${this.url}/api/v1/esia/callback?code=1`, 'set-cookie': 'esia=1' }).end();
      return;
    }
    const route = ROUTES.find((each) => each.method === request.method && each.pattern.test(path));
    if (!route) return void response.writeHead(404).end();
    const values = route.pattern.exec(path)!.slice(1).map(decodeURIComponent);
    const params = Object.fromEntries(route.names.map((name, index) => [name, values[index]!]));
    const body = bodyOf(request, Buffer.concat(chunks));
    if (this.gate) {
      this.gated += 1;
      await this.gate;
    }
    const call = { op: route.op, params, body, headers: request.headers, response, base: this.url };
    const waitMs = this.delayMs?.(route.op, this.numberOf(call)) ?? 0;
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    this.dispatch(call);
  }

  get sentNumbers(): string[] {
    return this.sent.map(({ number }) => number);
  }

  private note({ op, body }: FakeCall): void {
    if (op === 'documentGroups.sendToSigning') this.sent.push(...(body.documents as SentDocument[]));
    if (op === 'lna.create' || op === 'lna.send') this.regulations.push(body as (typeof this.regulations)[number]);
    if (op === 'employees.create') this.hired.push(body as (typeof this.hired)[number]);
    if (op === 'files.upload') this.uploads.push(/filename="([^"]*)"/.exec((body as Buffer).toString('utf8'))![1]!);
  }

  /** Number of the document a call is about; empty when it is about none. */
  private numberOf(call: FakeCall): string {
    if (call.op === 'documentGroups.sendToSigning') return call.body.documents[0].number as string;
    if (call.op !== 'document.sign') return '';
    return (this.handlers['document.get']!(call) as { document: { number: string } }).document.number;
  }

  private dispatch(call: FakeCall): void {
    const { op, headers, response } = call;
    const [traceparent, token] = [headers['traceparent'], headers['user-api-token']] as (string | undefined)[];
    const recorded = { op, traceparent, token, cookie: headers.cookie };
    this.calls.push(recorded);
    this.note(call);
    const handler = this.handlers[op];
    const planned = this.refusals.findIndex((each) => each.op === op);
    try {
      if (planned >= 0) {
        this.refused.push(recorded);
        throw this.refusals.splice(planned, 1)[0]!.refusal;
      }
      const broken = this.broken.get(op);
      if (broken) throw broken;
      if (!handler) throw new FakeRefusal(404, '90.404');
      send(response, 200, { result: true, ...handler(call) });
    } catch (error) {
      const { status, code } = error instanceof FakeRefusal ? error : new FakeRefusal(500, '11.000');
      send(response, status, { result: false, errorId: 'e', errorMessage: String(error), errorCode: code });
    }
  }
}

function bodyOf(request: IncomingMessage, bytes: Buffer): unknown {
  if (!request.headers['content-type']?.includes('json')) return bytes;
  return JSON.parse(bytes.toString() || '{}');
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
