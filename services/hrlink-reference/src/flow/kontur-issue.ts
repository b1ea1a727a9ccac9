import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG } from '@poligon/emulator-kit';
import { KonturAuthority, type KonturIssue as KonturAnswer } from '../adapters/kontur-authority.js';
import { OutgoingFailure } from '../adapters/outgoing-failure.js';
import type { Config } from '../config.js';
import { isNqesOver, type NqesIssue } from '../domain/nqes-issue.js';
import { Refusal, type RefusalName } from '../domain/refusal.js';
import { Background } from './background.js';
import { Capacity } from './capacity.js';
import { NqesOutcome } from './nqes-outcome.js';

/** The authority's errors (ca.md section 3) in HRlink's own catalogue. */
const REFUSALS: Readonly<Record<string, RefusalName>> = {
  invalid_code: 'wrongCode',
  code_expired: 'codeExpired',
  too_many_attempts: 'attemptsExhausted',
  resend_too_early: 'resendTooEarly',
  phone_required: 'nqesDataIncomplete',
  phone_not_mobile: 'nqesDataIncomplete',
  wrong_state: 'wrongState',
};

/** The Контур way: the authority sends and checks its own six digits; HRlink passes them on and polls (ca.md 2.2). */
@Injectable()
export class KonturIssue {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly authority: KonturAuthority,
    private readonly outcome: NqesOutcome,
    private readonly capacity: Capacity,
    private readonly background: Background,
    private readonly clock: Clock,
  ) {}

  /** Has the authority send a code; the first time makes the issue request there. */
  async sendCode(issue: NqesIssue): Promise<void> {
    await passOn(async () => {
      if (issue.caRequestId === null) {
        await this.capacity.serve('nqes');
        issue.caRequestId = await this.authority.create(this.outcome.applicant(issue));
        this.outcome.save(issue, 'issue request made');
      }
      await this.authority.sendCode(issue.caRequestId);
    });
    this.outcome.save(issue, 'code sent by the authority');
  }

  async confirm(issue: NqesIssue, code: string): Promise<void> {
    const { caRequestId } = issue;
    if (caRequestId === null) throw new Refusal('codeExpired');
    await passOn(() => this.authority.confirm(caRequestId, code));
  }

  /** Polls the issue until the authority has decided. */
  follow(issue: NqesIssue): void {
    const deadlineMs = this.clock.monotonicMs() + this.config.issueWaitMs;
    this.background.run(
      'nqes.follow',
      async () => {
        while (!isNqesOver(issue)) {
          if (this.clock.monotonicMs() > deadlineMs) throw new OutgoingFailure('no answer of the CA in time', true);
          if (!(await this.look(issue))) await this.background.pause(this.config.caPollMs);
        }
      },
      (reason) => this.outcome.refused(issue, 'GOSUSLUGI_TIMEOUT', reason),
    );
  }

  /** One look; true when it decided the issue. An authority out of reach is asked again until the deadline. */
  private async look(issue: NqesIssue): Promise<boolean> {
    try {
      return this.judge(issue, await this.authority.issue(issue.caRequestId ?? ''));
    } catch (failure) {
      if (!(failure instanceof OutgoingFailure)) throw failure;
      issue.errorMessage = failure.message;
      return false;
    }
  }

  private judge(issue: NqesIssue, answer: KonturAnswer): boolean {
    const { state, certificateId, certificate } = answer;
    if (state === 'ISSUED' && certificateId && certificate) {
      this.outcome.issued(issue, { certificateId, certificate });
      return true;
    }
    if (state !== 'REJECTED' && state !== 'CANCELLED') return false;
    this.outcome.refused(issue, answer.error?.code ?? 'DATA_ERROR', answer.error?.text ?? state);
    return true;
  }
}

/** Turns the authority's refusal into HRlink's own; an authority out of reach becomes 90.503. */
async function passOn(call: () => Promise<void>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!(error instanceof OutgoingFailure)) throw error;
    const name = REFUSALS[error.code ?? ''];
    const { retryAfterSeconds } = error;
    const data = { reason: error.message, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) };
    throw new Refusal(name ?? 'overload', data);
  }
}
