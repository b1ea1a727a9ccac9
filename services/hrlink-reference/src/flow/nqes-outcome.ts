import { Injectable } from '@nestjs/common';
import { type Applicant, userCertificate } from '../adapters/applicant.js';
import { found } from '../domain/refusal.js';
import { failIssue, isNqesOver, type NqesIssue } from '../domain/nqes-issue.js';
import { ClientUserStore, EmployeeStore } from '../state/people.store.js';
import { StructureStore } from '../state/structure.store.js';
import { NqesIssueStore } from '../state/work.store.js';
import { Chronicle } from './chronicle.js';
import { Deadlines } from './deadlines.js';

/** A certificate as an authority hands it over. */
export interface HandedCertificate {
  readonly certificateId: string;
  /** Base64 DER. */
  readonly certificate: string;
}

/** Ends of a УНЭП issue that both authorities share. */
@Injectable()
export class NqesOutcome {
  constructor(
    private readonly store: NqesIssueStore,
    private readonly users: ClientUserStore,
    private readonly employees: EmployeeStore,
    private readonly structure: StructureStore,
    private readonly chronicle: Chronicle,
    private readonly deadlines: Deadlines,
  ) {}

  nowMs(): number {
    return this.chronicle.nowMs();
  }

  /** A new issue was promised. */
  opened(issue: NqesIssue): void {
    this.store.save(issue);
    this.chronicle.accepted('nqes', issue.id, issue.state);
  }

  /** Ends the issue as expired unless it is decided, or `met` is called, within `delayMs`. */
  expect(issue: NqesIssue, delayMs: number, text: string): void {
    this.deadlines.set(issue.id, delayMs, () => this.refused(issue, 'GOSUSLUGI_TIMEOUT', text));
  }

  met(issue: NqesIssue): void {
    this.deadlines.met(issue.id);
  }

  applicant(issue: NqesIssue): Applicant {
    const user = found(this.users.byId(issue.clientUserId), 'clientUser');
    const legalEntityId = this.employees.ofUser(user.id)[0]?.legalEntityId;
    const legalEntity = legalEntityId === undefined ? undefined : this.structure.byId('legalEntity', legalEntityId);
    return { user, legalEntity, identificationType: issue.identificationType };
  }

  /** Gives the certificate to the person: «Выдан». */
  issued(issue: NqesIssue, { certificateId, certificate }: HandedCertificate): void {
    if (isNqesOver(issue)) return;
    this.met(issue);
    const user = found(this.users.byId(issue.clientUserId), 'clientUser');
    user.certificate = userCertificate(certificateId, issue.caStyle, certificate);
    this.users.save(user);
    issue.certificateId = certificateId;
    issue.state = 'ISSUED';
    issue.errorMessage = null;
    this.store.save(issue);
    this.chronicle.completed('nqes', issue.id, issue.state);
  }

  /** Ends with the authority's reason. */
  refused(issue: NqesIssue, code: string, text: string): void {
    if (isNqesOver(issue)) return;
    this.met(issue);
    failIssue(issue, code, text);
    this.store.save(issue);
    this.chronicle.failed('nqes', issue.id, { state: issue.state, reason: issue.errorMessage ?? code });
  }

  save(issue: NqesIssue, note?: string): void {
    this.store.save(issue);
    this.chronicle.note(issue.id, issue.state, note);
  }
}
