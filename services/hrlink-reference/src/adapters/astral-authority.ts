import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, CONFIG, jsonOf, Logger, OutgoingHttp, Tracing, ResetOnAdmin } from '@poligon/emulator-kit';
import type { Config } from '../config.js';
import { type Applicant, astralApplication } from './applicant.js';
import {
  type AstralEvent,
  astralEventPage,
  type RegistrationOutcome,
  registrationOutcome,
  signatureOutcome,
} from './astral-event.js';
import { OutgoingFailure } from './outgoing-failure.js';
import { Retry } from './retry.js';
import type { SignatureOrder } from './unep-signer.js';

interface WaitingSignature {
  readonly documentId: string;
  readonly resolve: (signature: Buffer) => void;
  readonly reject: (failure: OutgoingFailure) => void;
  readonly cancelTimeout: () => void;
}

type RegistrationListener = (requestEventId: string, outcome: RegistrationOutcome) => void;

const KEPT_EVENT_IDS = 50_000;
const PAGE_LIMIT = 100;
const PAGES_PER_POLL = 20;

/**
 * Client of the Астрал contract (ca.md 2.1): events out, results in by callback. While a result is awaited the event feed
 * is also polled, so a lost callback costs a moment, not the operation. Repeated events have no second effect.
 */
@ResetOnAdmin()
@Injectable()
export class AstralAuthority implements OnApplicationShutdown {
  private readonly signatures = new Map<string, WaitingSignature>();
  private readonly registrations = new Set<string>();
  private readonly seen = new Set<string>();
  private listener: RegistrationListener | undefined;
  private cursor: string | undefined;
  private isPolling = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly http: OutgoingHttp,
    private readonly retry: Retry,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly tracing: Tracing,
  ) {}

  onRegistration(listener: RegistrationListener): void {
    this.listener = listener;
  }

  /** Sends USIG_REG_REQUEST; the outcome comes to the listener. @throws OutgoingFailure */
  async register(eventId: string, applicant: Applicant): Promise<void> {
    this.registrations.add(eventId);
    try {
      await this.post(eventId, 'USIG_REG_REQUEST', astralApplication(applicant));
    } catch (error) {
      this.registrations.delete(eventId);
      throw error;
    }
    this.poll();
  }

  /** USIG_CERT_ACCEPT: the certificate becomes active. @throws OutgoingFailure */
  accept(eventId: string, requestEventId: string): Promise<void> {
    return this.post(eventId, 'USIG_CERT_ACCEPT', { requestEventId });
  }

  /** USIG_CANCEL. @throws OutgoingFailure */
  cancel(eventId: string, requestEventId: string): Promise<void> {
    this.registrations.delete(requestEventId);
    return this.post(eventId, 'USIG_CANCEL', { requestEventId, reason: 'DECLINED_BY_EMPLOYEE' });
  }

  /** Hash in, CMS out. @throws OutgoingFailure when refused or when nothing came in time */
  async sign({ requestId, certificateId, document }: SignatureOrder): Promise<Buffer> {
    const result = this.awaitSignature(requestId, document.id);
    result.catch(() => undefined);
    try {
      await this.post(requestId, 'USIG_SIGN_REQUEST', { certificateId, documents: [document] });
    } catch (error) {
      this.signatures.get(requestId)?.cancelTimeout();
      this.signatures.delete(requestId);
      throw error;
    }
    this.poll();
    return result;
  }

  /** Takes an inbound event; one already seen is ignored. */
  receive(event: AstralEvent): void {
    if (this.seen.has(event.id)) return;
    this.seen.add(event.id);
    const [oldest] = this.seen;
    if (this.seen.size > KEPT_EVENT_IDS && oldest !== undefined) this.seen.delete(oldest);
    const requestEventId = event.data.requestEventId ?? '';
    if (this.signatures.has(requestEventId)) this.settle(requestEventId, event);
    const outcome = registrationOutcome(event);
    if (outcome === undefined || !this.registrations.delete(requestEventId)) return;
    this.listener?.(requestEventId, outcome);
  }

  onApplicationShutdown(): void {
    this.reset();
  }

  reset(): void {
    for (const { cancelTimeout } of this.signatures.values()) cancelTimeout();
    this.signatures.clear();
    this.registrations.clear();
    this.seen.clear();
  }

  private awaitSignature(requestId: string, documentId: string): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const cancelTimeout = this.clock.after(this.config.caResultTimeoutMs, () => {
        this.signatures.delete(requestId);
        reject(new OutgoingFailure(`ca.sign: no result in ${this.config.caResultTimeoutMs} ms`, true));
      });
      this.signatures.set(requestId, { documentId, resolve, reject, cancelTimeout });
    });
  }

  private settle(requestEventId: string, event: AstralEvent): void {
    const waiting = this.signatures.get(requestEventId);
    const outcome = waiting === undefined ? undefined : signatureOutcome(event, waiting.documentId);
    if (waiting === undefined || outcome === undefined) return;
    this.signatures.delete(requestEventId);
    waiting.cancelTimeout();
    if (Buffer.isBuffer(outcome)) waiting.resolve(outcome);
    else waiting.reject(new OutgoingFailure(`ca.sign: ${outcome.reason}`, true));
  }

  private post(id: string, type: string, data: Record<string, unknown>): Promise<void> {
    const name = `ca.${type}`;
    const event = { id, type, createdDate: this.clock.isoNow(), data };
    return this.retry.run(async () => {
      const reply = await this.http.json({
        name,
        method: 'POST',
        url: `${this.config.caUrl}/astral/api/v1/events`,
        headers: { authorization: `Bearer ${this.config.caToken}` },
        body: { event },
        timeoutMs: this.config.outgoingTimeoutMs,
      });
      if (reply.status === 200) return;
      const isFinal = reply.status >= 400 && reply.status < 500 && reply.status !== 429;
      throw new OutgoingFailure(
        `${name}: status ${reply.status} ${reply.body.toString('utf8').slice(0, 200)}`,
        isFinal,
      );
    });
  }

  private poll(): void {
    if (this.isPolling) return;
    this.isPolling = true;
    // One poller serves all operations: it must not go on in the trace of the one that started it.
    void this.tracing.detached(() => this.pollWhileWaiting()).finally(() => (this.isPolling = false));
  }

  private async pollWhileWaiting(): Promise<void> {
    while (this.signatures.size + this.registrations.size > 0) {
      await this.clock.sleepUntil(this.clock.monotonicMs() + this.config.caPollMs);
      if (this.signatures.size + this.registrations.size === 0) return;
      try {
        await this.readFeed();
      } catch (error) {
        this.logger.warn('ca.poll-failed', { reason: error instanceof Error ? error.message : String(error) });
      }
    }
  }

  private async readFeed(): Promise<void> {
    for (let page = 0; page < PAGES_PER_POLL; page += 1) {
      const query = new URLSearchParams({ limit: String(PAGE_LIMIT) });
      if (this.cursor !== undefined) query.set('after', this.cursor);
      const reply = await this.http.call({
        name: 'ca.events',
        method: 'GET',
        url: `${this.config.caUrl}/astral/api/v1/events?${query.toString()}`,
        headers: { authorization: `Bearer ${this.config.caToken}` },
        timeoutMs: this.config.outgoingTimeoutMs,
      });
      // A feed restarted from scratch does not know the cursor any more.
      if (reply.status === 404 || reply.status === 400) this.cursor = undefined;
      if (reply.status !== 200) throw new OutgoingFailure(`ca.events: status ${reply.status}`, false);
      const { events } = astralEventPage.parse(jsonOf('ca.events', reply));
      for (const event of events) this.receive(event);
      this.cursor = events.at(-1)?.id ?? this.cursor;
      if (events.length < PAGE_LIMIT) return;
    }
  }
}
