import { attribute, CertificateAuthority, type KeyPair, signatureSuite, signCms, type SuiteId } from '@poligon/pki';
import { randomInt, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const DAY_MS = 86_400_000;

interface IssuedKey {
  readonly keyPair: KeyPair;
  readonly certificate: Buffer;
}

interface KonturIssue {
  state: string;
  readonly code: string;
  certificateId?: string;
}

type Body = Record<string, never> & Record<string, unknown>;

/** SMS gateway, certification authority and ESIA of the tests: one HTTP server that keeps what it was told. */
export class Peers {
  readonly messages: { phone: string; text: string }[] = [];
  readonly astralEvents: { id: string; type: string; data: Body }[] = [];
  readonly feed: unknown[] = [];
  readonly keys = new Map<string, IssuedKey>();
  readonly kontur = new Map<string, KonturIssue>();
  readonly operations = new Map<string, { id: string; signature: string }>();
  readonly esiaTokens: URLSearchParams[] = [];
  /** Where Астрал results are delivered; undefined leaves them in the feed only. */
  callbackUrl: string | undefined;
  smsError: string | undefined;
  rejectRegistration: { code: string; text: string } | undefined;
  isSigningBroken = false;
  esiaSnils = '';
  private readonly authority: CertificateAuthority;
  private readonly server: Server;
  private waiting: (() => void)[] = [];

  constructor(suite: SuiteId = 'ecdsa-p256') {
    const keyPair = signatureSuite(suite).generateKeyPair();
    this.authority = CertificateAuthority.createRoot({
      keyPair,
      subject: [attribute('CN', 'Test CA')],
      ...validity(),
    });
    this.suite = suite;
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  private readonly suite: SuiteId;

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this.url;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Waits for the first message to `phone` (or anybody) after position `since` that matches, and gives the match. */
  async sms(phone: string | undefined, pattern: RegExp, since = 0): Promise<RegExpExecArray> {
    for (;;) {
      for (const message of this.messages.slice(since)) {
        const match = phone === undefined || message.phone === phone ? pattern.exec(message.text) : null;
        if (match !== null) return match;
      }
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    const [status, body] = this.answer(request, text);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  private answer(request: IncomingMessage, text: string): [number, unknown] {
    const path = (request.url ?? '').split('?')[0] ?? '';
    if (path === '/sys/send.php') return this.takeSms(new URLSearchParams(text));
    if (path === '/astral/api/v1/events') {
      return request.method === 'GET' ? [200, { events: this.feed }] : this.astral(JSON.parse(text) as never);
    }
    if (path.startsWith('/kontur/v1/')) return this.konturCall(request.method ?? '', path.slice(10), text);
    if (path === '/aas/oauth2/v3/te') return this.esiaToken(new URLSearchParams(text));
    if (path.startsWith('/rs/prns/')) return [200, { snils: this.esiaSnils, trusted: true }];
    return [404, {}];
  }

  private takeSms(form: URLSearchParams): [number, unknown] {
    if (this.smsError !== undefined) return [200, { error: this.smsError, error_code: 3 }];
    this.messages.push({ phone: form.get('phones') ?? '', text: form.get('mes') ?? '' });
    const woken = this.waiting;
    this.waiting = [];
    for (const wake of woken) wake();
    return [200, { id: this.messages.length, cnt: 1 }];
  }

  private astral({ event }: { event: { id: string; type: string; data: Body } }): [number, unknown] {
    this.astralEvents.push(event);
    if (event.type === 'USIG_REG_REQUEST') this.deliver(this.registrationResult(event.id));
    if (event.type === 'USIG_SIGN_REQUEST') this.deliver(this.signResult(event));
    return [200, { status: '200', eventId: event.id }];
  }

  private registrationResult(requestEventId: string): unknown {
    if (this.rejectRegistration !== undefined) {
      return astralResult('USIG_REG_REJECTED', { requestEventId, status: 'REJECTED', reason: this.rejectRegistration });
    }
    const certificateId = this.issue();
    const certificate = this.keys.get(certificateId)?.certificate.toString('base64');
    return astralResult('USIG_CERT_ISSUED', { requestEventId, status: 'ISSUED', certificateId, certificate });
  }

  private signResult({ id, data }: { id: string; data: Body }): unknown {
    const { certificateId, documents } = data as unknown as {
      certificateId: string;
      documents: { id: string; hash: string }[];
    };
    const signatures = documents.map((one) => ({ id: one.id, signature: this.sign(certificateId, one.hash) }));
    return astralResult('USIG_SIGN_RESULT', { requestEventId: id, signatures });
  }

  private deliver(result: unknown): void {
    this.feed.push(result);
    if (this.callbackUrl === undefined) return;
    const send = (): Promise<Response> =>
      fetch(this.callbackUrl ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(result),
      });
    // At least once: every result is delivered twice.
    void send()
      .then(send)
      .catch(() => undefined);
  }

  private konturCall(method: string, path: string, text: string): [number, unknown] {
    const [, kind = '', id = '', action] = path.split('/');
    const body = JSON.parse(text || '{}') as { code?: string; documents?: { id: string; hash: string }[] };
    if (path === '/issue-requests') return this.konturCreate();
    if (kind === 'certificates') return this.konturSign(id, body.documents);
    if (kind === 'operations') return [200, { state: 'DONE', signatures: [this.operations.get(id)] }];
    const issue = this.kontur.get(id);
    if (issue === undefined) return [404, { error: { code: 'not_found' } }];
    if (method === 'GET') return [200, { id, ...issue, certificate: this.certificate(issue.certificateId) }];
    return action === 'send-code' ? this.konturSendCode(issue) : this.konturConfirm(issue, body.code);
  }

  private konturCreate(): [number, unknown] {
    const id = randomUUID();
    this.kontur.set(id, { state: 'CREATED', code: String(randomInt(100_000, 999_999)) });
    return [201, { id, state: 'CREATED' }];
  }

  private konturSendCode(issue: KonturIssue): [number, unknown] {
    issue.state = 'CODE_SENT';
    this.takeSms(new URLSearchParams({ phones: '', mes: `kontur ${issue.code}` }));
    return [200, { phoneMask: '', resendAfter: 60, expiresIn: 300 }];
  }

  private konturConfirm(issue: KonturIssue, code: string | undefined): [number, unknown] {
    if (code !== issue.code) return [400, { error: { code: 'invalid_code', text: 'Неверный код' } }];
    issue.state = 'ISSUED';
    issue.certificateId = this.issue();
    return [202, { state: 'IN_PROGRESS' }];
  }

  private certificate(id: string | undefined): string | undefined {
    return this.keys.get(id ?? '')?.certificate.toString('base64');
  }

  private konturSign(certificateId: string, documents: { id: string; hash: string }[] = []): [number, unknown] {
    const [document] = documents;
    const operationId = randomUUID();
    const signature = this.sign(certificateId, document?.hash ?? '');
    this.operations.set(operationId, { id: document?.id ?? '', signature });
    return [202, { operationId }];
  }

  private issue(): string {
    const keyPair = signatureSuite(this.suite).generateKeyPair();
    const { der } = this.authority.issue({ subject: [attribute('CN', 'Test')], spki: keyPair.spki, ...validity() });
    const id = randomUUID();
    this.keys.set(id, { keyPair, certificate: der });
    return id;
  }

  private sign(certificateId: string, hash: string): string {
    const key = this.keys.get(certificateId);
    if (key === undefined) return '';
    const digest = Buffer.from(hash, 'base64');
    if (this.isSigningBroken) digest[0] = (digest[0] ?? 0) ^ 1;
    return signCms({ ...key, contentDigest: digest, signingTime: new Date() }).toString('base64');
  }

  private esiaToken(form: URLSearchParams): [number, unknown] {
    this.esiaTokens.push(form);
    const claims = Buffer.from(JSON.stringify({ 'urn:esia:sbj_id': 1000000001 })).toString('base64url');
    return [200, { access_token: `e30.${claims}.x`, token_type: 'Bearer', expires_in: 3600, state: form.get('state') }];
  }
}

function astralResult(type: string, data: object): unknown {
  return { event: { id: randomUUID(), type, data } };
}

function validity(): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(Date.now() - DAY_MS), notAfter: new Date(Date.now() + 365 * DAY_MS) };
}
