import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Ids } from '@poligon/emulator-kit';
import type { CaConfig } from '../config.js';
import { moved, requireState, type IssueRequest } from '../domain/issue-request.js';
import { newCode, tryCode, type CodeRules } from '../domain/one-time-code.js';
import { Refusal } from '../domain/refusal.js';
import type { FaultHints } from '../domain/fault-hints.js';
import { IssueRequests } from './issue-requests.js';
import { SmsSender } from './sms-sender.js';

const CODE_DIGITS = 6;

/** The authority's own codes at `kontur`: always by SMS, bound to one issue request. */
@Injectable()
export class CodeDesk {
  private readonly rules: CodeRules;

  constructor(
    private readonly requests: IssueRequests,
    private readonly sms: SmsSender,
    private readonly ids: Ids,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: CaConfig,
  ) {
    this.rules = { ttlMs: config.codeTtlMs, tries: config.codeAttempts, resendMs: config.codeResendMs };
  }

  /**
   * Makes a code that takes the place of the previous one and hands it to the gateway, whose answer is not waited for.
   * @throws Refusal `resend_too_early`, `wrong_state`
   */
  async send(id: string, hints: FaultHints): Promise<void> {
    const digits = this.ids.digits(CODE_DIGITS);
    const nowMs = this.clock.nowMs();
    const request = await this.requests.change(id, (current) => {
      requireState(current, 'CREATED', 'CODE_SENT');
      return moved(current, 'CODE_SENT', nowMs, { code: newCode(digits, current.code, nowMs, this.rules) });
    });
    const { phone } = request.applicant;
    if (hints['sms-code-lost'] === true || phone === undefined) return;
    void this.sms.send(phone, this.config.smsText.replace('{code}', digits));
  }

  /**
   * Accepts the request when the code is right; a wrong one costs a try.
   * @throws Refusal `wrong_state`, `invalid_code`, `code_expired`, `too_many_attempts`
   */
  async confirm(id: string, given: string, hints: FaultHints): Promise<IssueRequest> {
    const nowMs = this.clock.nowMs();
    let refusal: Refusal | undefined;
    const request = await this.requests.change(id, (current) => {
      requireState(current, 'CODE_SENT');
      const tried = tryCode(current.code!, given, nowMs, this.rules);
      refusal = tried.refusal;
      return { ...current, code: tried.code, hints: { ...current.hints, ...hints } };
    });
    if (refusal !== undefined) throw refusal;
    return this.requests.move(request.id, 'ACCEPTED', { code: undefined });
  }
}
