import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, Ids } from '@poligon/emulator-kit';
import { AstralAuthority } from '../adapters/astral-authority.js';
import type { RegistrationOutcome } from '../adapters/astral-event.js';
import { userCertificate } from '../adapters/applicant.js';
import { OutgoingFailure } from '../adapters/outgoing-failure.js';
import type { Config } from '../config.js';
import { isNqesOver, type NqesIssue } from '../domain/nqes-issue.js';
import { Refusal } from '../domain/refusal.js';
import { NqesIssueStore } from '../state/work.store.js';
import { Background } from './background.js';
import { Capacity } from './capacity.js';
import { type HandedCertificate, NqesOutcome } from './nqes-outcome.js';

/** The Астрал way: registration event out, result in later, then the employee's acceptance (ca.md 2.1). */
@Injectable()
export class AstralIssue {
  /** Certificates waiting to be accepted, by issue id. */
  private readonly handed = new Map<string, HandedCertificate>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly authority: AstralAuthority,
    private readonly issues: NqesIssueStore,
    private readonly outcome: NqesOutcome,
    private readonly capacity: Capacity,
    private readonly background: Background,
    private readonly ids: Ids,
  ) {
    authority.onRegistration((requestEventId, result) => this.answered(requestEventId, result));
  }

  /** Sends the registration in the background. */
  register(issue: NqesIssue): void {
    issue.caRequestId = this.ids.uuid();
    const eventId = issue.caRequestId;
    this.outcome.save(issue, 'to the authority');
    this.outcome.expect(issue, this.config.issueWaitMs, 'no answer of the certification authority');
    this.background.run(
      'nqes.register',
      async () => {
        await this.capacity.serve('nqes');
        await this.authority.register(eventId, this.outcome.applicant(issue));
      },
      (reason) => this.outcome.refused(issue, 'DATA_ERROR', reason),
    );
  }

  /** USIG_CERT_ACCEPT. The issue stays «На проверке» when the authority cannot be reached: the employee tries again. */
  async accept(issue: NqesIssue): Promise<void> {
    const certificate = this.handed.get(issue.id);
    if (certificate === undefined || issue.caRequestId === null)
      throw new Refusal('wrongState', { state: issue.state });
    try {
      await this.authority.accept(this.ids.uuid(), issue.caRequestId);
    } catch (error) {
      if (!(error instanceof OutgoingFailure)) throw error;
      issue.errorMessage = error.message;
      this.outcome.save(issue, error.message);
      throw new Refusal('overload', { reason: error.message });
    }
    this.handed.delete(issue.id);
    this.outcome.issued(issue, certificate);
  }

  /** Tells the authority; it does not matter to the employee whether that succeeds. */
  cancel(issue: NqesIssue): void {
    this.handed.delete(issue.id);
    const { caRequestId } = issue;
    if (caRequestId === null) return;
    this.background.run('nqes.cancel', () => this.authority.cancel(this.ids.uuid(), caRequestId));
  }

  private answered(requestEventId: string, result: RegistrationOutcome): void {
    const issue = this.issues.byCaRequest(requestEventId);
    if (issue === undefined || isNqesOver(issue)) return;
    if (result.kind === 'rejected') {
      this.outcome.refused(issue, result.code, result.text);
      return;
    }
    if (!isReadable(result, issue)) {
      this.outcome.refused(issue, 'DATA_ERROR', 'the authority sent something that is not a certificate');
      return;
    }
    this.outcome.met(issue);
    this.handed.set(issue.id, result);
    issue.certificateId = result.certificateId;
    issue.state = 'ON_REVIEW';
    this.outcome.save(issue);
    if (issue.isAutoAccepted) this.background.run('nqes.accept', () => this.accept(issue));
  }
}

function isReadable({ certificateId, certificate }: HandedCertificate, { caStyle }: NqesIssue): boolean {
  try {
    return userCertificate(certificateId, caStyle, certificate).der.length > 0;
  } catch {
    return false;
  }
}
