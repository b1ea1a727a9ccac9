import { Injectable } from '@nestjs/common';
import { Clock } from '@poligon/emulator-kit';
import { subjectKey } from '@poligon/people';
import { personIndexOf, type Applicant } from '../domain/applicant.js';
import type { FaultHints } from '../domain/fault-hints.js';
import { requireState, type CaProfile, type IssueRequest } from '../domain/issue-request.js';
import { Refusal } from '../domain/refusal.js';
import { cancellationReason } from '../domain/rejection.js';
import { CertificateOffice } from './certificate-office.js';
import { IssueRequests } from './issue-requests.js';
import { IssuingDesk } from './issuing-desk.js';
import { ResultNotices } from './result-notices.js';

export interface Application {
  readonly id: string;
  readonly profile: CaProfile;
  readonly tenant: string;
  readonly applicant: Applicant;
  readonly hints: FaultHints;
}

/** What tenants order about certificates. */
@Injectable()
export class IssueOrders {
  constructor(
    private readonly requests: IssueRequests,
    private readonly desk: IssuingDesk,
    private readonly office: CertificateOffice,
    private readonly notices: ResultNotices,
    private readonly clock: Clock,
  ) {}

  /** Keeps an application as CREATED (a code must follow) or ACCEPTED. @throws Refusal `wrong_state` when its id is taken or the tenant has moved to another authority */
  async apply(application: Application, state: 'CREATED' | 'ACCEPTED'): Promise<IssueRequest> {
    if (application.hints['ca-switch'] === true) {
      throw new Refusal('wrong_state', 'арендатор обслуживается другим удостоверяющим центром');
    }
    const nowMs = this.clock.nowMs();
    const person = personIndexOf(application.applicant);
    const subject = person === undefined ? undefined : subjectKey(person);
    const times = { createdAtMs: nowMs, updatedAtMs: nowMs };
    const request: IssueRequest = { ...application, ...times, subject, state, isHeld: false };
    if (await this.requests.add(request)) return request;
    throw new Refusal('wrong_state', `заявка ${request.id} уже есть`);
  }

  /** Begins the work on an accepted application. */
  begin(id: string): void {
    this.desk.start(id);
  }

  /** The employee accepts the certificate (second action at `astral`). @throws Refusal `not_found`, `wrong_state` */
  async acceptCertificate(requestId: string, profile: CaProfile): Promise<void> {
    const request = await this.requests.require(requestId, profile);
    requireState(request, 'ISSUED');
    await this.office.accept(request.certificateId!);
    await this.requests.move(requestId, 'ACTIVE');
  }

  /** The employee declines, before or after the issue. @throws Refusal `not_found`, `wrong_state` */
  async cancel(requestId: string, profile: CaProfile, reason: string | undefined): Promise<void> {
    await this.requests.require(requestId, profile);
    const change = { reason: cancellationReason(reason) };
    const { certificateId } = await this.requests.move(requestId, 'CANCELLED', change);
    this.desk.stop(requestId);
    if (certificateId !== undefined) await this.office.revoke(certificateId, 'cessationOfOperation');
  }

  /** @throws Refusal `not_found`, `wrong_state` */
  async revoke(certificateId: string, profile: CaProfile, reason: string): Promise<void> {
    await this.office.require(certificateId, profile);
    await this.notices.certificateRevoked(await this.office.revoke(certificateId, reason));
  }

  /**
   * Revokes by serial number, whatever the profile.
   * @param serialHex upper-case hex. @throws Refusal `not_found` for a number of another authority, `wrong_state` when revoked already
   */
  async revokeSerial(serialHex: string, reason: string): Promise<void> {
    const found = await this.office.findBySerial(serialHex);
    if (found !== undefined) return this.revoke(found.id, found.profile, reason);
    await this.office.revokeForgotten(serialHex, reason);
  }
}
