import { Injectable } from '@nestjs/common';
import { NO_HINTS } from '../../domain/fault-hints.js';
import type { IssueRequest } from '../../domain/issue-request.js';
import type { ResultEvent } from '../../domain/result-event.js';
import type { SigningOperation } from '../../domain/signing-operation.js';
import type { UnepCertificate } from '../../domain/unep-certificate.js';
import { ResultNotices } from '../../flow/result-notices.js';
import { AstralOutbox } from './astral-outbox.js';
import { certificateContent, requestContent, revocationContent, signingContent } from './result-event.codec.js';

/** Tells tenants of the Астрал profile by result events. */
@Injectable()
export class AstralNotices extends ResultNotices {
  constructor(private readonly outbox: AstralOutbox) {
    super();
  }

  async requestMoved(request: IssueRequest): Promise<void> {
    if (request.profile !== 'astral') return;
    await this.outbox.publish(request.tenant, request.id, requestContent(request), request.hints);
  }

  async certificateIssued(request: IssueRequest, certificate: UnepCertificate): Promise<void> {
    if (request.profile !== 'astral') return;
    await this.outbox.publish(request.tenant, request.id, certificateContent(request, certificate), request.hints);
  }

  async certificateRevoked(certificate: UnepCertificate): Promise<void> {
    if (certificate.profile !== 'astral') return;
    const about = certificate.requestId ?? certificate.id;
    await this.outbox.publish(certificate.tenant, about, revocationContent(certificate), NO_HINTS);
  }

  deliverAgain(event: ResultEvent): void {
    this.outbox.deliverAgain(event);
  }

  async signingEnded(operation: SigningOperation): Promise<void> {
    if (operation.profile !== 'astral') return;
    await this.outbox.publish(operation.tenant, operation.id, signingContent(operation), operation.hints);
  }
}
