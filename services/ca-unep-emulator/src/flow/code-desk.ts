import { Injectable } from '@nestjs/common';
import { Clock } from '@poligon/emulator-kit';
import type { FaultHints } from '../domain/fault-hints.js';
import { moved, requireState, type IssueRequest } from '../domain/issue-request.js';
import { newCode, tryCode } from '../domain/one-time-code.js';
import type { Refusal } from '../domain/refusal.js';
import { CodePost } from './code-post.js';
import { IssueRequests } from './issue-requests.js';

/** The authority's own codes at `kontur`: always by SMS, bound to one issue request. */
@Injectable()
export class CodeDesk {
  constructor(
    private readonly requests: IssueRequests,
    private readonly post: CodePost,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a code that takes the place of the previous one and hands it to the gateway, whose answer is not waited for.
   * @throws Refusal `resend_too_early`, `wrong_state`
   */
  async send(id: string, hints: FaultHints): Promise<void> {
    const digits = this.post.newDigits(hints);
    const nowMs = this.clock.nowMs();
    const request = await this.requests.change(id, (current) => {
      requireState(current, 'CREATED', 'CODE_SENT');
      return moved(current, 'CODE_SENT', nowMs, { code: newCode(digits, current.code, nowMs, this.post.rules(hints)) });
    });
    this.post.post(request.applicant.phone, digits, hints);
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
      const tried = tryCode(current.code!, given, nowMs, this.post.rules(hints));
      refusal = tried.refusal;
      return { ...current, code: tried.code, hints: { ...current.hints, ...hints } };
    });
    if (refusal !== undefined) throw refusal;
    return this.requests.move(request.id, 'ACCEPTED', { code: undefined });
  }
}
