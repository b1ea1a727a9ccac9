import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@poligon/emulator-kit';
import type { Config } from '../config.js';
import { type CaStyle, type ClientUser, requireNqesData } from '../domain/client-user.js';
import {
  isNqesOver,
  isReadyForAuthority,
  newNqesIssue,
  type NqesIssue,
  requireNqesState,
} from '../domain/nqes-issue.js';
import { useCode } from '../domain/one-time-code.js';
import { Refusal, requireState } from '../domain/refusal.js';
import { EmployeeStore } from '../state/people.store.js';
import { StructureStore } from '../state/structure.store.js';
import { NqesIssueStore } from '../state/work.store.js';
import { CodeSender } from './code-sender.js';
import { AstralIssue } from './astral-issue.js';
import { KonturIssue } from './kontur-issue.js';
import { NqesOutcome } from './nqes-outcome.js';

export interface IssueOrder {
  readonly identificationType: 'ONSITE' | 'REMOTE';
  readonly codeChannel: 'SMS' | 'EMAIL';
}

/** Issue of a УНЭП, flow (d) 5–11: what HR and the employee ask for, whichever authority the tenant uses. */
@Injectable()
export class NqesIssues {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly store: NqesIssueStore,
    private readonly employees: EmployeeStore,
    private readonly structure: StructureStore,
    private readonly outcome: NqesOutcome,
    private readonly codes: CodeSender,
    private readonly astral: AstralIssue,
    private readonly kontur: KonturIssue,
  ) {}

  /** Opens an issue and, for Астрал, sends HRlink's code. Refuses incomplete data (90.442) and a second open issue. */
  request(user: ClientUser, order: IssueOrder): NqesIssue {
    const caStyle = this.caStyleOf(user);
    requireNqesData(user, caStyle);
    requireState(user.acceptedAtMs !== null, 'invitation-not-accepted');
    const open = this.store.openOfUser(user.id);
    requireState(open === undefined, open?.state ?? '');
    const fields = { id: this.codes.newId(), clientUserId: user.id, caStyle, ...order, rules: this.rules() };
    const issue = newNqesIssue(fields, this.outcome.nowMs());
    this.outcome.opened(issue);
    if (caStyle === 'astral') this.sendOwnCode(issue);
    return issue;
  }

  /** Another code: HRlink's own (Астрал), or the authority's by its own rules (Контур). */
  async sendCode(issue: NqesIssue): Promise<void> {
    requireNqesState(issue, 'ON_CONFIRMATION');
    if (issue.caStyle === 'astral') this.sendOwnCode(issue);
    else await this.kontur.sendCode(issue);
  }

  /** The employee's code: the application is signed and goes on to identification and the authority. */
  async confirm(issue: NqesIssue, code: string): Promise<void> {
    requireNqesState(issue, 'ON_CONFIRMATION');
    if (issue.caStyle === 'astral') useCode(issue.challenge, code, this.outcome.nowMs());
    else await this.kontur.confirm(issue, code);
    requireNqesState(issue, 'ON_CONFIRMATION');
    issue.isCodeConfirmed = true;
    issue.state = 'IN_PROCESSING';
    issue.errorMessage = null;
    this.outcome.save(issue);
    if (!issue.isIdentified) this.outcome.expect(issue, this.config.identificationWaitMs, 'Истёк срок подтверждения');
    this.proceed(issue);
  }

  /** The person was identified at ESIA, or was not. */
  identified(issue: NqesIssue, problem: string | undefined): void {
    if (isNqesOver(issue)) return;
    issue.redirectUrl = null;
    if (problem !== undefined) {
      this.outcome.refused(issue, 'SNILS_INN_ERROR', problem);
      return;
    }
    issue.isIdentified = true;
    this.outcome.met(issue);
    this.outcome.save(issue, 'identified');
    this.proceed(issue);
  }

  /** The employee accepts the certificate (Астрал only). */
  async accept(issue: NqesIssue): Promise<void> {
    requireNqesState(issue, 'ON_REVIEW');
    await this.astral.accept(issue);
  }

  /** The employee declines. */
  reject(issue: NqesIssue): void {
    requireState(!isNqesOver(issue), issue.state);
    this.outcome.refused(issue, 'DECLINED_BY_EMPLOYEE', 'Отклонено сотрудником');
    if (issue.caStyle === 'astral') this.astral.cancel(issue);
  }

  private proceed(issue: NqesIssue): void {
    if (!isReadyForAuthority(issue)) return;
    if (issue.caStyle === 'astral') this.astral.register(issue);
    else this.kontur.follow(issue);
  }

  private sendOwnCode(issue: NqesIssue): void {
    if (issue.codeChannel !== 'SMS') throw new Refusal('wrongState', { state: 'email-channel-not-emulated' });
    this.codes.send({
      challenge: issue.challenge,
      clientUserId: issue.clientUserId,
      text: (code) => `Код для подписания заявления на выпуск УНЭП: ${code}`,
      onSent: () => this.outcome.save(issue, 'code sent'),
      onFailed: (reason) => {
        issue.errorMessage = reason;
        this.outcome.save(issue, reason);
      },
    });
  }

  /** `both` alternates by the order in which legal entities were added. */
  private caStyleOf(user: ClientUser): CaStyle {
    if (this.config.caStyle !== 'both') return this.config.caStyle;
    const legalEntityId = this.employees.ofUser(user.id)[0]?.legalEntityId;
    const place = this.structure.list('legalEntity').findIndex(({ id }) => id === legalEntityId);
    return place % 2 === 1 ? 'kontur' : 'astral';
  }

  private rules() {
    return {
      length: this.config.nqesCodeLength,
      ttlMs: this.config.codeTtlMs,
      attempts: this.config.codeAttempts,
      resendAfterMs: this.config.codeResendMs,
    };
  }
}
