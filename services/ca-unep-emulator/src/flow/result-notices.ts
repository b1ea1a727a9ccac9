import type { IssueRequest } from '../domain/issue-request.js';
import type { ResultEvent } from '../domain/result-event.js';
import type { SigningOperation } from '../domain/signing-operation.js';
import type { UnepCertificate } from '../domain/unep-certificate.js';

/** Tells a tenant what became of its orders, in the words of its profile; profiles that only answer questions stay silent. */
export abstract class ResultNotices {
  /** The request reached a state worth telling: it is checked, awaits, is accepted, rejected, cancelled or expired. */
  abstract requestMoved(request: IssueRequest): Promise<void>;
  abstract certificateIssued(request: IssueRequest, certificate: UnepCertificate): Promise<void>;
  abstract certificateRevoked(certificate: UnepCertificate): Promise<void>;
  /** Goes on with a delivery that a former process has not ended. */
  abstract deliverAgain(event: ResultEvent): void;
  abstract signingEnded(operation: SigningOperation): Promise<void>;
}
