import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, jsonOf, OutgoingHttp } from '@poligon/emulator-kit';
import { z } from 'zod';
import type { Config } from '../config.js';
import { type Applicant, konturApplication } from './applicant.js';
import { OutgoingFailure } from './outgoing-failure.js';
import { Retry } from './retry.js';
import type { SignatureOrder } from './unep-signer.js';

const issueSchema = z.object({
  id: z.string().min(1),
  state: z.string(),
  certificateId: z.string().nullish(),
  certificate: z.string().nullish(),
  error: z.object({ code: z.string().nullish(), text: z.string().nullish() }).nullish(),
});

const operationSchema = z.object({
  state: z.string().optional(),
  signatures: z.array(z.object({ id: z.string(), signature: z.string() })).nullish(),
  error: z.unknown().optional(),
});

export type KonturIssue = z.output<typeof issueSchema>;

interface Call {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
}

/** Client of the Контур contract (ca.md 2.2): the authority sends and checks its own six-digit code; results are polled. */
@Injectable()
export class KonturAuthority {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly http: OutgoingHttp,
    private readonly retry: Retry,
    private readonly clock: Clock,
  ) {}

  /** Makes an issue request and gives its id. @throws OutgoingFailure */
  async create(applicant: Applicant): Promise<string> {
    const body = konturApplication(applicant);
    const answer = await this.call({ name: 'ca.issue-request', method: 'POST', path: '/issue-requests', body });
    return z.object({ id: z.string().min(1) }).parse(answer).id;
  }

  /** Has the authority send its code. @throws OutgoingFailure with the authority's code, e.g. resend_too_early */
  async sendCode(id: string): Promise<void> {
    await this.call({
      name: 'ca.send-code',
      method: 'POST',
      path: `/issue-requests/${encodeURIComponent(id)}/send-code`,
    });
  }

  /** Passes the employee's code on. @throws OutgoingFailure with invalid_code, code_expired, too_many_attempts … */
  async confirm(id: string, code: string): Promise<void> {
    const path = `/issue-requests/${encodeURIComponent(id)}/confirm`;
    await this.call({ name: 'ca.confirm', method: 'POST', path, body: { code } });
  }

  /** @throws OutgoingFailure */
  async issue(id: string): Promise<KonturIssue> {
    const path = `/issue-requests/${encodeURIComponent(id)}`;
    return issueSchema.parse(await this.call({ name: 'ca.issue-state', method: 'GET', path }));
  }

  /** Hash in, CMS out; polls the operation. @throws OutgoingFailure */
  async sign({ certificateId, document }: SignatureOrder): Promise<Buffer> {
    const path = `/certificates/${encodeURIComponent(certificateId)}/sign`;
    const body = { documents: [{ id: document.id, hash: document.hash }] };
    const started = await this.call({ name: 'ca.sign', method: 'POST', path, body });
    const { operationId } = z.object({ operationId: z.string().min(1) }).parse(started);
    const deadlineMs = this.clock.monotonicMs() + this.config.caResultTimeoutMs;
    let pauseMs = Math.min(100, this.config.caPollMs);
    while (this.clock.monotonicMs() < deadlineMs) {
      const signature = await this.signature(operationId, document.id);
      if (signature !== undefined) return signature;
      await this.clock.sleepUntil(this.clock.monotonicMs() + pauseMs);
      pauseMs = Math.min(pauseMs * 2, this.config.caPollMs);
    }
    throw new OutgoingFailure(`ca.sign: no result in ${this.config.caResultTimeoutMs} ms`, true);
  }

  private async signature(operationId: string, documentId: string): Promise<Buffer | undefined> {
    const path = `/operations/${encodeURIComponent(operationId)}`;
    const answer = operationSchema.parse(await this.call({ name: 'ca.operation', method: 'GET', path }));
    const signed = answer.signatures?.find(({ id }) => id === documentId);
    if (signed !== undefined) return Buffer.from(signed.signature, 'base64');
    if (/FAIL|REJECT|ERROR|CANCEL/.test(answer.state ?? ''))
      throw new OutgoingFailure(`ca.sign: ${answer.state ?? ''}`, true);
    return undefined;
  }

  private call({ name, method, path, body }: Call): Promise<unknown> {
    return this.retry.run(async () => {
      const reply = await this.http.json({
        name,
        method,
        url: `${this.config.caUrl}/kontur/v1${path}`,
        headers: { 'x-api-key': this.config.caApiKey },
        body,
        timeoutMs: this.config.outgoingTimeoutMs,
      });
      if (reply.status >= 200 && reply.status < 300) return reply.body.length === 0 ? {} : jsonOf(name, reply);
      const code = errorCode(reply.body);
      const retryAfter = Number(reply.headers['retry-after'] ?? Number.NaN);
      const retryAfterSeconds = Number.isFinite(retryAfter) ? retryAfter : undefined;
      throw new OutgoingFailure(`${name}: status ${reply.status} ${code}`, reply.status < 500, code, retryAfterSeconds);
    });
  }
}

/** The authority's error code wherever it puts it: `error.code`, `code` or `error`. */
function errorCode(body: Buffer): string {
  try {
    const { error, code } = JSON.parse(body.toString('utf8')) as { error?: string | { code?: string }; code?: string };
    if (typeof error === 'object' && error !== null) return error.code ?? '';
    return code ?? (typeof error === 'string' ? error : '');
  } catch {
    return '';
  }
}
