import { Injectable } from '@nestjs/common';
import { Clock, Ids } from '@poligon/emulator-kit';
import { EsiaClient } from '../adapters/esia-client.js';
import { OutgoingFailure } from '../adapters/outgoing-failure.js';
import type { NqesIssue } from '../domain/nqes-issue.js';
import { found, Refusal } from '../domain/refusal.js';
import { ClientUserStore } from '../state/people.store.js';
import { NqesIssueStore } from '../state/work.store.js';
import { NqesIssues } from './nqes-issues.js';

/** A signed link is renewed well before ESIA's window of five minutes closes. */
const LINK_LIFE_MS = 120_000;

/** REMOTE identification through ESIA (flow (d) 8): link for the browser, return with a code, comparison of the СНИЛС. */
@Injectable()
export class RemoteIdentification {
  private readonly signedAtMs = new WeakMap<NqesIssue, number>();

  constructor(
    private readonly esia: EsiaClient,
    private readonly issues: NqesIssueStore,
    private readonly nqes: NqesIssues,
    private readonly users: ClientUserStore,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** The link the employee must open now, or null when there is nothing to wait for. */
  link(issue: NqesIssue): string | null {
    if (issue.state !== 'IN_PROCESSING' || issue.isIdentified) return null;
    const nowMs = this.clock.nowMs();
    const signedAtMs = this.signedAtMs.get(issue);
    if (issue.redirectUrl !== null && signedAtMs !== undefined && nowMs - signedAtMs < LINK_LIFE_MS) {
      return issue.redirectUrl;
    }
    issue.esiaState ??= this.ids.uuid();
    issue.redirectUrl = this.esia.loginUrl(issue.esiaState);
    this.signedAtMs.set(issue, nowMs);
    this.issues.save(issue);
    return issue.redirectUrl;
  }

  /** The browser is back. Refuses with `notFound` an unknown state and `wrongState` a second return. */
  async back(state: string, result: { code: string | undefined; error: string | undefined }): Promise<NqesIssue> {
    const issue = found(this.issues.byEsiaState(state), 'state');
    if (issue.isIdentified || issue.state !== 'IN_PROCESSING') throw new Refusal('wrongState', { state: issue.state });
    if (result.code === undefined) {
      this.nqes.identified(issue, result.error ?? 'ESIA returned no code');
      return issue;
    }
    this.nqes.identified(issue, await this.problem(issue, result.code));
    return issue;
  }

  /** Why the person at ESIA is not the applicant; undefined when it is. ESIA out of reach leaves the issue waiting. */
  private async problem(issue: NqesIssue, code: string): Promise<string | undefined> {
    try {
      const person = await this.esia.personByCode(code);
      const user = found(this.users.byId(issue.clientUserId), 'clientUser');
      if (!person.isTrusted) return 'учётная запись Госуслуг не подтверждена';
      return person.snils === user.snils ? undefined : 'СНИЛС на Госуслугах не совпадает';
    } catch (error) {
      if (!(error instanceof OutgoingFailure)) throw error;
      issue.errorMessage = error.message;
      this.issues.save(issue);
      throw new Refusal('overload', { reason: error.message });
    }
  }
}
