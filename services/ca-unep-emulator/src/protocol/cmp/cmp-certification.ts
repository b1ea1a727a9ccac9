import { Injectable } from '@nestjs/common';
import { Clock, type Exchange } from '@poligon/emulator-kit';
import {
  cmpStatusInfo,
  P10CR_REQUEST_ID,
  parseCertificate,
  parseCertRequests,
  type CertAnswer,
  type CertRequestMessage,
  type CmpMessage,
  type SubjectAttribute,
} from '@poligon/pki';
import type { FaultHints } from '../../domain/fault-hints.js';
import type { UnepCertificate } from '../../domain/unep-certificate.js';
import { CertificateOffice } from '../../flow/certificate-office.js';
import { checkedCsr, requireStrongKey } from '../../flow/enrolment.js';
import { hintsOf } from '../answered.js';
import type { CmpRequester } from './cmp-gate.js';
import { asCmpRefusal, CmpRefusal } from './cmp-refusal.js';
import type { CmpPending } from './cmp-transactions.js';

/** A key and a subject that passed all checks. */
interface CheckedRequest {
  readonly requestId: number;
  readonly subject: readonly SubjectAttribute[];
  readonly spki: Buffer;
  /** The client wished for validity or extensions, which this authority decides by itself. */
  readonly isModified: boolean;
}

/** Answers to the requests of one message, and what is left to be remembered of them. */
export interface CertificationOutcome {
  readonly answers: readonly CertAnswer[];
  readonly pending: readonly CmpPending[];
}

type AnswerBody = CmpPending['answer'];

/** ir, cr, kur and p10cr: from a request to a certificate, a rejection or a wait. */
@Injectable()
export class CmpCertification {
  constructor(
    private readonly office: CertificateOffice,
    private readonly clock: Clock,
  ) {}

  /** Every request is answered by itself: one that is refused does not refuse the others. */
  async serve(
    message: CmpMessage,
    answer: AnswerBody,
    requester: CmpRequester,
    exchange: Exchange,
  ): Promise<CertificationOutcome> {
    const hints = hintsOf(exchange);
    const answers: CertAnswer[] = [];
    const pending: CmpPending[] = [];
    const { wantsImplicitConfirm: isConfirmed } = message.header;
    for (const { requestId, check } of requestsOf(message, requester)) {
      try {
        const checked = check();
        const made = await this.begin(checked, hints);
        pending.push({ requestId, answer, isConfirmed, ...made });
        answers.push(answerTo(requestId, made.certificate, checked.isModified));
      } catch (failure) {
        answers.push(rejected(requestId, failure));
      }
    }
    return { answers, pending };
  }

  /** Makes the certificate, or puts the work off as the faults of the call ask. */
  private async begin(
    request: CheckedRequest,
    hints: FaultHints,
  ): Promise<Pick<CmpPending, 'certificate' | 'make' | 'readyAtMs'>> {
    const { subject, spki } = request;
    const make = (): Promise<UnepCertificate> => this.office.certify({ subject, spki, profile: 'cmp', hints });
    const lateMs = hints['issue-stuck'] === true ? Number.POSITIVE_INFINITY : (hints['issue-delay-tail'] ?? 0);
    if (lateMs === 0) return { certificate: await make() };
    return { make, readyAtMs: this.clock.monotonicMs() + lateMs };
  }
}

/** The answer that brings a certificate, or says that it will take a while. */
export function answerTo(requestId: number, certificate: UnepCertificate | undefined, isModified = false): CertAnswer {
  if (certificate === undefined) return { requestId, status: cmpStatusInfo('waiting') };
  const status = cmpStatusInfo(isModified ? 'grantedWithMods' : 'accepted');
  return { requestId, status, certificate: certificate.der };
}

/** @throws what is not a refusal */
function rejected(requestId: number, failure: unknown): CertAnswer {
  const refusal = asCmpRefusal(failure);
  if (refusal === undefined) throw failure;
  return { requestId, status: cmpStatusInfo('rejection', refusal.message, refusal.failure) };
}

interface UncheckedRequest {
  readonly requestId: number;
  readonly check: () => CheckedRequest;
}

function requestsOf({ bodyName, body }: CmpMessage, requester: CmpRequester): UncheckedRequest[] {
  if (bodyName === 'p10cr') return [{ requestId: P10CR_REQUEST_ID, check: () => checkedPkcs10(body.der) }];
  const isUpdate = bodyName === 'kur';
  return parseCertRequests(body).map((request) => ({
    requestId: request.id,
    check: () => checkedTemplate(request, isUpdate ? oldSubject(request, requester) : undefined, requester),
  }));
}

function checkedPkcs10(der: Buffer): CheckedRequest {
  const { subject, spki, requested } = checkedCsr(der);
  return { requestId: P10CR_REQUEST_ID, subject, spki, isModified: requested.extensions.size > 0 };
}

/** Checks of RFC 4211 4 and of this authority, in this order. @throws CmpRefusal, Refusal, PkiError */
function checkedTemplate(
  { id, template, proof }: CertRequestMessage,
  fallback: readonly SubjectAttribute[] | undefined,
  { certificate }: CmpRequester,
): CheckedRequest {
  const { spki, hasWishes } = template;
  const subject = template.subject === undefined || template.subject.length === 0 ? fallback : template.subject;
  if (spki === undefined) throw new CmpRefusal('badCertTemplate', 'public key is required');
  if (subject === undefined) throw new CmpRefusal('badCertTemplate', 'subject is required');
  // Only a registration authority may vouch for somebody's possession of the key (RFC 4211 4).
  const isProved = proof === 'proved' || (proof === 'ra-verified' && certificate === undefined);
  if (!isProved) throw new CmpRefusal('badPOP', `proof of possession is ${proof}`);
  requireStrongKey(spki);
  return { requestId: id, subject, spki, isModified: hasWishes };
}

/** Subject of the certificate a kur replaces: its signer's own one (RFC 4210 5.3.5). @throws CmpRefusal */
function oldSubject({ oldCertificate }: CertRequestMessage, { certificate }: CmpRequester): SubjectAttribute[] {
  if (certificate === undefined) throw new CmpRefusal('wrongIntegrity', 'key update must be signed by the old key');
  const isOther = oldCertificate !== undefined && !oldCertificate.serial.equals(certificate.serial);
  if (isOther) throw new CmpRefusal('badCertId', 'only the signer may replace its certificate');
  return parseCertificate(certificate.der).subjectAttributes;
}
