import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Text {
  id: number;
  phone: string;
  text: string;
  at: number;
}

/** A stand-in for the SMS emulator's admin door: the inbox with its long poll, and a list of fault rules. */
export class FakeInbox {
  private readonly texts: Text[] = [];
  private readonly waiting = new Set<() => void>();
  private nextId = 1;
  readonly queries: URLSearchParams[] = [];
  rules: object[] = [];
  /** How far the clock of the admin door is off. */
  shiftMs = 0;
  private server!: Server;
  url = '';

  async start(): Promise<this> {
    this.server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://inbox');
      if (url.pathname === '/__admin/faults') return json(response, { rules: this.rules });
      if (url.pathname === '/__admin/jobs') return json(response, { jobs: [{ name: 'sync', runs: 3, failed: 1 }] });
      if (url.pathname === '/__admin/clock') {
        return json(response, { now: new Date(Date.now() + this.shiftMs).toISOString(), shiftMs: this.shiftMs });
      }
      if (url.pathname !== '/__admin/inbox/wait') return void response.writeHead(404).end();
      this.queries.push(url.searchParams);
      this.wait(url.searchParams, response);
    });
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  /** A text message arrives. */
  deliver(phone: string, text: string): void {
    this.texts.push({ id: this.nextId++, phone, text, at: Date.now() });
    for (const wake of [...this.waiting]) wake();
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private wait(query: URLSearchParams, response: ServerResponse): void {
    const answer = () => {
      const found = this.texts.findIndex((text) => fits(text, query));
      if (found < 0) return;
      finish();
      const [text] = this.texts.splice(found, 1);
      json(response, { message: message(text!) });
    };
    const finish = () => {
      clearTimeout(timer);
      this.waiting.delete(answer);
    };
    const timer = setTimeout(
      () => {
        finish();
        response.writeHead(204).end();
      },
      Number(query.get('timeoutMs')),
    );
    response.on('close', finish);
    this.waiting.add(answer);
    answer();
  }
}

function fits(text: Text, query: URLSearchParams): boolean {
  const since = Date.parse(query.get('since') ?? '');
  return text.phone === query.get('phone') && text.at >= since && text.text.includes(query.get('contains') ?? '');
}

function message({ id, phone, text, at }: Text) {
  const links = [...text.matchAll(/https?:\/\/\S+/g)].map(([link]) => link);
  const code = links.length === 0 ? (/\b\d{4,6}\b/.exec(text)?.[0] ?? null) : null;
  return {
    id: String(id),
    seq: id,
    phone,
    sender: 'HR-Link',
    text,
    code,
    links,
    receivedAt: new Date(at).toISOString(),
  };
}

function json(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
