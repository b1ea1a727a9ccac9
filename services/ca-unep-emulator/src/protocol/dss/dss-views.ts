import { parseCertificate } from '@poligon/pki';
import { fullNameOf } from '../../domain/applicant.js';
import type { IssueRequest, IssueState } from '../../domain/issue-request.js';
import { signingKeyOf, statusAt, type UnepCertificate } from '../../domain/unep-certificate.js';

const AUTHORITY_ID = 1;
const FAILED: readonly IssueState[] = ['REJECTED', 'CANCELLED', 'EXPIRED'];

function statusOf(state: IssueState): string {
  if (FAILED.includes(state)) return 'REJECTED';
  return state === 'ISSUED' || state === 'ACTIVE' ? 'ACCEPTED' : 'PENDING';
}

/** DSSCertRequest (section 2.4). */
export const requestView = (number: number, request: IssueRequest) => ({
  ID: number,
  Base64Request: null,
  CertificateAuthorityID: AUTHORITY_ID,
  CARequestID: request.id,
  CADisplayName: 'УЦ УНЭП испытательного полигона',
  DistName: `CN=${fullNameOf(request.applicant)}`,
  Subject: fullNameOf(request.applicant),
  Status: statusOf(request.state),
  CertificateID: statusOf(request.state) === 'ACCEPTED' ? number : null,
  RequestType: 'Certificate',
});

const text = (subject: Readonly<Record<string, string>>): string =>
  Object.entries(subject)
    .map(([oid, value]) => `${oid}=${value}`)
    .join(', ');

/** DSSCertificateEx (section 2.4). */
export const certificateView = (
  number: number,
  certificate: UnepCertificate,
  { nowMs, isDefault, hasPin }: { readonly nowMs: number; readonly isDefault: boolean; readonly hasPin: boolean },
) => ({
  ID: number,
  DName: `CN=${certificate.fullName}`,
  CertificateBase64: certificate.der.toString('base64'),
  Status: { Value: statusAt(certificate, nowMs), RevocationInfo: certificate.revocation ?? null },
  IsDefault: isDefault,
  CertificateAuthorityID: AUTHORITY_ID,
  CspID: '1',
  HashAlgorithms: [signingKeyOf(certificate).owner.id],
  ProviderName: 'Полигон',
  ProviderType: 80,
  PrivateKeyNotBefore: new Date(certificate.notBeforeMs).toISOString(),
  PrivateKeyNotAfter: new Date(certificate.notAfterMs).toISOString(),
  HasPin: hasPin,
  FriendlyName: certificate.fullName,
  CertificateType: 'User',
});

/** SignerCertificateInfo of the verification service. */
export function signerInfo(der: Buffer) {
  const { subject, issuer, notBefore, notAfter, serialHex, subjectKeyId } = parseCertificate(der);
  return {
    SubjectName: text(subject),
    IssuerName: text(issuer),
    NotBefore: notBefore,
    NotAfter: notAfter,
    SerialNumber: serialHex,
    KeyIdentifier: subjectKeyId?.toString('hex').toUpperCase() ?? null,
  };
}
