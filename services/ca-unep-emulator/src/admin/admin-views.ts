import { fullNameOf } from '../domain/applicant.js';
import type { IssueRequest } from '../domain/issue-request.js';
import type { ResultEvent } from '../domain/result-event.js';
import { statusAt, type UnepCertificate } from '../domain/unep-certificate.js';

const iso = (ms: number): string => new Date(ms).toISOString();

/** What engineers see of an issue request: never its code. */
export const requestView = (request: IssueRequest) => ({
  id: request.id,
  profile: request.profile,
  tenant: request.tenant,
  state: request.state,
  isHeld: request.isHeld,
  subject: request.subject,
  fullName: fullNameOf(request.applicant),
  snils: request.applicant.snils,
  phone: request.applicant.phone,
  identification: request.applicant.identification,
  createdAt: iso(request.createdAtMs),
  updatedAt: iso(request.updatedAtMs),
  certificateId: request.certificateId,
  reason: request.reason,
  faults: Object.keys(request.hints),
});

/** What engineers see of a certificate: never its private key. */
export const certificateView = (certificate: UnepCertificate, nowMs: number) => ({
  id: certificate.id,
  serialNumber: certificate.serialHex,
  profile: certificate.profile,
  tenant: certificate.tenant,
  requestId: certificate.requestId,
  subject: certificate.subject,
  fullName: certificate.fullName,
  snils: certificate.snils,
  phone: certificate.phone,
  status: statusAt(certificate, nowMs),
  revocation:
    certificate.revocation === undefined
      ? undefined
      : { at: iso(certificate.revocation.atMs), reason: certificate.revocation.reason },
  notBefore: iso(certificate.notBeforeMs),
  notAfter: iso(certificate.notAfterMs),
  certificate: certificate.der.toString('base64'),
});

export const eventView = (event: ResultEvent) => ({
  ...event,
  createdAtMs: undefined,
  createdAt: iso(event.createdAtMs),
});
