import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Clock, CONFIG, Logger, ResetOnAdmin, Tracing, type CancelTimer, type Resettable } from '@poligon/emulator-kit';
import { PkiError } from '@poligon/pki';
import type { CaConfig } from '../config.js';
import { checkApplicant } from '../domain/applicant-checks.js';
import { requireState, type IssueRequest, type IssueState } from '../domain/issue-request.js';
import { Refusal } from '../domain/refusal.js';
import { rejection, type Rejection } from '../domain/rejection.js';
import type { UnepCertificate } from '../domain/unep-certificate.js';
import { CaMetrics } from './ca-metrics.js';
import { CertificateOffice } from './certificate-office.js';
import { Delays } from './delays.js';
import { IssueRequests } from './issue-requests.js';

type Step = (request: IssueRequest) => Promise<unknown>;

interface Wait {
  readonly ms: (request: IssueRequest) => number;
  readonly step: Step;
}

/** Leads requests from acceptance to a certificate or to a rejection (section 4), each step when its time has come. */
@Injectable()
@ResetOnAdmin()
export class IssuingDesk implements Resettable, OnModuleDestroy {
  private readonly timers = new Map<string, CancelTimer>();
  /** How long a request stays in a state, and what happens then. */
  private readonly waits: Readonly<Partial<Record<IssueState, Wait>>> = {
    ACCEPTED: { ms: () => 0, step: (request) => this.enterChecking(request) },
    CHECKING: { ms: (request) => this.totalMs(request) / 2, step: (request) => this.judge(request) },
    AWAITING_GOSUSLUGI: { ms: (request) => this.windowMs(request), step: (request) => this.expire(request) },
    ISSUING: { ms: (request) => this.totalMs(request) / 2, step: (request) => this.issue(request) },
  };

  constructor(
    private readonly requests: IssueRequests,
    private readonly office: CertificateOffice,
    private readonly delays: Delays,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly metrics: CaMetrics,
    private readonly tracing: Tracing,
    @Inject(CONFIG) private readonly config: CaConfig,
  ) {}

  /** Begins the work on an accepted request; never throws. */
  start(id: string): void {
    this.after(id, 0, (request) => this.enterChecking(request));
  }

  /** Takes up a request that a former process has not ended. */
  resume(request: IssueRequest): void {
    this.schedule(request, this.clock.nowMs() - request.updatedAtMs);
  }

  /** Goes on without checks: as if they had been passed, or the employee had confirmed at Госуслуги. */
  async approve(request: IssueRequest): Promise<void> {
    this.stop(request.id);
    if (request.state === 'ACCEPTED') request = await this.requests.move(request.id, 'CHECKING');
    if (request.state === 'CHECKING') await this.pass(request);
    else if (request.state === 'AWAITING_GOSUSLUGI') await this.enterIssuing(request);
    else await this.issue(request);
  }

  /** Makes the certificate now, whatever the request was waiting for. */
  async issueNow(request: IssueRequest): Promise<void> {
    this.stop(request.id);
    if (request.state === 'ACCEPTED') request = await this.requests.move(request.id, 'CHECKING');
    if (request.state !== 'ISSUING') request = await this.requests.move(request.id, 'ISSUING');
    await this.issue(request);
  }

  /** Госуслуги was not confirmed in time. */
  async expire({ id }: IssueRequest): Promise<void> {
    this.stop(id);
    await this.requests.move(id, 'EXPIRED', { reason: rejection('GOSUSLUGI_TIMEOUT') });
  }

  async reject({ id }: IssueRequest, reason: Rejection): Promise<void> {
    this.stop(id);
    await this.requests.move(id, 'REJECTED', { reason });
  }

  /** Nothing happens to the request by itself any more. */
  stop(id: string): void {
    this.timers.get(id)?.();
    this.timers.delete(id);
  }

  reset(): void {
    for (const cancel of this.timers.values()) cancel();
    this.timers.clear();
  }

  onModuleDestroy(): void {
    this.reset();
  }

  private async enterChecking(request: IssueRequest): Promise<void> {
    this.schedule(await this.requests.move(request.id, 'CHECKING'));
  }

  private async judge(request: IssueRequest): Promise<void> {
    const { applicant, hints } = request;
    const { isSnilsInnChecked } = this.config;
    // СМЭВ does not answer: the request stays where it is until somebody moves it on.
    if (hints['smev-down'] === true) return;
    const failed = checkApplicant({ applicant, hints, isSnilsInnChecked });
    await (failed === undefined ? this.pass(request) : this.reject(request, failed));
  }

  private async pass(request: IssueRequest): Promise<void> {
    const { 'gosuslugi-never-confirmed': never } = request.hints;
    const isAwaited = this.config.isGosuslugiAwaited || never !== undefined;
    const mustConfirm = isAwaited && request.applicant.identification === 'REMOTE';
    if (!mustConfirm) return this.enterIssuing(request);
    this.schedule(await this.requests.move(request.id, 'AWAITING_GOSUSLUGI'));
  }

  private async enterIssuing(request: IssueRequest): Promise<void> {
    this.schedule(await this.requests.move(request.id, 'ISSUING'));
  }

  /** The next step of a request by itself. @param passedMs how long it has been in its state */
  private schedule(request: IssueRequest, passedMs = 0): void {
    const wait = this.waits[request.state];
    if (wait === undefined || (request.state === 'ISSUING' && request.hints['issue-stuck'] === true)) return;
    this.after(request.id, Math.max(0, wait.ms(request) - passedMs), wait.step);
  }

  private async issue(request: IssueRequest): Promise<void> {
    requireState(request, 'ISSUING');
    const { id, applicant, profile, tenant } = request;
    const isAccepted = profile !== 'astral';
    let certificate: UnepCertificate;
    try {
      certificate = await this.office.issue({
        applicant,
        profile,
        tenant,
        requestId: id,
        isAccepted,
        hints: request.hints,
      });
    } catch (failure) {
      if (!(failure instanceof PkiError)) throw failure;
      return this.reject(request, rejection('DATA_ERROR'));
    }
    try {
      await this.requests.issued(id, certificate);
    } catch (failure) {
      // Cancelled while the certificate was being made: nobody will accept it.
      await this.office.revoke(certificate.id, 'cessationOfOperation');
      throw failure;
    }
    this.metrics.issueTook(this.clock.nowMs() - request.createdAtMs);
  }

  private windowMs({ hints }: IssueRequest): number {
    const { 'gosuslugi-never-confirmed': never } = hints;
    return typeof never === 'number' ? never : this.config.gosuslugiWindowMs;
  }

  private totalMs({ id, hints }: IssueRequest): number {
    return this.delays.issueMs(id) + (hints['issue-delay-tail'] ?? 0);
  }

  /** One timer per request; a step of a request that is gone or held by then is not taken. */
  private after(id: string, ms: number, step: Step): void {
    this.stop(id);
    const done = this.tracing.begin('ca.issue');
    this.timers.set(
      id,
      this.clock.after(ms, () => {
        this.timers.delete(id);
        void this.take(id, step).finally(done);
      }),
    );
  }

  private async take(id: string, step: Step): Promise<void> {
    try {
      const request = await this.requests.find(id);
      if (request !== undefined && !request.isHeld) await step(request);
    } catch (failure) {
      // The request changed or was forgotten meanwhile: its new state stands.
      if (failure instanceof Refusal) this.logger.debug('issue.step-overtaken', { id, failure: failure.message });
      else this.logger.error('issue.step-failed', { id, failure: String(failure) });
    }
  }
}
