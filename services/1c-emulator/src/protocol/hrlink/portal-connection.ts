import { OutgoingError, type OutgoingReply } from '@poligon/emulator-kit';
import { expandPath, readAnswer, type HrlinkOperation } from '@poligon/hrlink-api';
import { noteCall, type JobRun } from '../../domain/job-run.js';
import type { RunControl } from '../../jobs/run-control.js';
import { RawBody } from './multipart.js';
import { credentialsOf, type Credentials } from './credentials.js';
import type { Portal } from './portal.js';
import type { Tenant } from './tenants.js';
import { answerOf, errorOf, isRepeatable, pauseAskedMs } from './portal-answer.js';
import { FAILURE_TEXTS, PortalFailure, PortalRefusal } from './portal-failure.js';
import type { RunHints } from './run-hints.js';

const USER_AGENT = '1C+Enterprise/8.3';

/** One run as the wire sees it. */
export interface RunSession {
  readonly run: JobRun;
  readonly control: RunControl;
  readonly hints: RunHints;
}

/** Calls of one run, one after another, with the repeats 1C makes. */
export class PortalConnection {
  private clientId = '';
  private readonly credentials: Credentials;

  constructor(
    private readonly portal: Portal,
    readonly session: RunSession,
    private readonly tenant: Tenant,
  ) {
    this.credentials = credentialsOf(portal, tenant);
  }

  /** @throws PortalFailure: no token, token refused, no client */
  async authorise(): Promise<void> {
    const answer = await this.call('currentUser').catch((failure: unknown) => {
      throw isUnauthorised(failure) ? new PortalFailure(FAILURE_TEXTS.noClientId) : failure;
    });
    const clientId = readAnswer(this.portal.profile, 'currentUser', 'clientId', answer);
    if (typeof clientId !== 'string' || clientId === '') throw new PortalFailure(FAILURE_TEXTS.noClientId);
    this.clientId = clientId;
  }

  /** One call of an operation that answers with JSON; the body is JSON, too, or a RawBody. @throws PortalFailure, RunInterrupted */
  async call(operation: HrlinkOperation, params: Record<string, string> = {}, body?: unknown): Promise<unknown> {
    return answerOf(await this.send(operation, params, body));
  }

  /** One call of an operation that answers with a file. @throws PortalFailure, RunInterrupted */
  async download(operation: HrlinkOperation, params: Record<string, string>): Promise<Buffer> {
    const reply = await this.send(operation, params);
    if (reply.status < 200 || reply.status >= 300) answerOf(reply);
    return reply.body;
  }

  /** The list an answer carries. @throws PortalFailure when there is none */
  async list(operation: HrlinkOperation, body?: unknown): Promise<readonly unknown[]> {
    const items = readAnswer(this.portal.profile, operation, 'items', await this.call(operation, {}, body));
    if (!Array.isArray(items)) throw new PortalFailure(FAILURE_TEXTS.noList(operation));
    return items as readonly unknown[];
  }

  private async send(
    operation: HrlinkOperation,
    params: Record<string, string>,
    body?: unknown,
  ): Promise<OutgoingReply> {
    const { retries, retryPauseMs } = this.portal.config;
    for (let left = retries; ; left -= 1) {
      this.session.control.check();
      const reply = await this.once(operation, params, body);
      if (!isRepeatable(reply) || left === 0) return answered(reply);
      this.session.run.retries += 1;
      await this.session.control.pause(Math.max(retryPauseMs, pauseAskedMs(reply)));
    }
  }

  private async once(operation: HrlinkOperation, params: Record<string, string>, body?: unknown) {
    const { profile, http, config, time } = this.portal;
    const proof = await this.credentials.headers(this.isTokenDead());
    const startedMs = time.clock.monotonicMs();
    const call = {
      name: `hrlink.${operation}`,
      method: profile.operations[operation].method,
      url: this.tenant.url + expandPath(profile, operation, { clientId: this.clientId, ...params }),
      headers: { ...proof, 'user-agent': USER_AGENT, accept: 'application/json' },
      timeoutMs: config.callTimeoutMs,
    };
    const sent =
      body instanceof RawBody
        ? http.call({ ...call, headers: { ...call.headers, 'content-type': body.contentType }, body: body.bytes })
        : http.json({ ...call, body });
    const reply = await sent.catch((failure: unknown) => {
      if (failure instanceof OutgoingError) return failure;
      throw failure;
    });
    this.note(operation, reply, time.clock.monotonicMs() - startedMs);
    return reply;
  }

  private note(operation: string, reply: OutgoingReply | OutgoingError, durationMs: number): void {
    const status = reply instanceof OutgoingError ? null : reply.status;
    const code = reply instanceof OutgoingError ? null : errorOf(reply).code;
    noteCall(this.session.run, { operation, status, code, durationMs: Math.round(durationMs * 1000) / 1000 });
  }

  private isTokenDead(): boolean {
    const { run, hints } = this.session;
    return hints.tokenExpiresAfterCalls !== undefined && run.calls >= hints.tokenExpiresAfterCalls;
  }
}

/** @throws PortalFailure when nothing came back */
function answered(reply: OutgoingReply | OutgoingError): OutgoingReply {
  if (reply instanceof OutgoingError) throw new PortalFailure(FAILURE_TEXTS.unreachable(reply.message));
  return reply;
}

function isUnauthorised(failure: unknown): boolean {
  return failure instanceof PortalRefusal && failure.status === 401;
}
