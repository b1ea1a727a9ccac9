export { PkiError } from './pki.errors.js';
export type { PkiErrorCode } from './pki.errors.js';

export * as der from './der/der-writer.js';
export { DerNode, readDer } from './der/der-reader.js';
export type { DerLimits } from './der/der-reader.js';
export { fromPem, pem } from './der/pem.js';
export { OID } from './x509/oids.js';

export { gostEngineStatus } from './suites/gost-engine.js';
export type { GostEngineStatus } from './suites/gost-engine.js';
export { signatureSuite, suiteOfSpki, verifySignature } from './suites/registry.js';
export type { SuiteOptions } from './suites/registry.js';
export type {
  Backend,
  IncrementalDigest,
  KeyPair,
  RandomBytes,
  SignatureSuite,
  SuiteId,
} from './suites/signature-suite.js';
export type { GostParamSet } from './suites/gost-params.js';
export { streebog256, streebog512 } from './suites/streebog.js';

export { attribute, encodeName, unepSubject } from './x509/names.js';
export type { AttributeName, SubjectAttribute, UnepPerson } from './x509/names.js';
export type { KeyUsage, RawExtension } from './x509/extensions.js';
export type { CertificateDefaults, CertificateProfile } from './x509/profile.js';
export { CertificateAuthority } from './x509/certificate-authority.js';
export type {
  AuthorityOptions,
  IssuedCertificate,
  RootOptions,
  SubordinateOptions,
} from './x509/certificate-authority.js';
export { makeTlsIdentity } from './x509/tls-identity.js';
export type { TlsIdentity } from './x509/tls-identity.js';
export { certificateHash, parseCertificate } from './x509/parse-certificate.js';
export type { ParsedCertificate } from './x509/parse-certificate.js';
export { verifyCertificateChain } from './x509/chain.js';
export type { ChainVerdict } from './x509/chain.js';

export { createCsr, parseCsr } from './pkcs10/certification-request.js';
export type { ParsedCsr } from './pkcs10/certification-request.js';

export { certsOnly } from './cms/certs-only.js';
export { signCms, signCmsInThread } from './cms/sign-cms.js';
export type { SignCmsOptions } from './cms/sign-cms.js';
export { verifyCms, verifyCmsSigners } from './cms/verify-cms.js';
export { cosignCms } from './cms/cosign-cms.js';
export type { CosignCmsOptions } from './cms/cosign-cms.js';
export { envelopeCms } from './cms/envelope-cms.js';
export type { EnvelopeCmsOptions } from './cms/envelope-cms.js';
export type { CmsContent, CmsVerdict, VerifyCmsOptions } from './cms/verify-cms.js';

export { OcspResponder, OCSP_FAILURES, OCSP_NO_CHECK, ocspFailure } from './ocsp/ocsp-responder.js';
export type { OcspAnswer, OcspContent, OcspFailure, OcspStatus } from './ocsp/ocsp-responder.js';
export { parseOcspRequest } from './ocsp/ocsp-request.js';
export type { OcspCertId, OcspRequest } from './ocsp/ocsp-request.js';

export { CRL_REASONS, crlEntry, crlReasonNumber, signCrl } from './crl/certificate-list.js';
export type { CrlContent, CrlReason } from './crl/certificate-list.js';

export { TimestampAuthority, timestampRejection, timestampReply, TSP_FAILURES } from './tsp/timestamp-authority.js';
export type { TimestampMoment, TspFailure } from './tsp/timestamp-authority.js';
export { parseTimestampRequest } from './tsp/timestamp-request.js';
export type { TimestampRequest } from './tsp/timestamp-request.js';
export { parseTimestampInfo } from './tsp/timestamp-info.js';
export type { TimestampInfo } from './tsp/timestamp-info.js';

export { parseCmpMessage, peekCmpBody } from './cmp/cmp-message.js';
export type { CmpHeader, CmpMessage, CmpProtection } from './cmp/cmp-message.js';
export { CMP_BODY, CMP_FAILURES } from './cmp/cmp-names.js';
export type { CmpBodyName, CmpFailure, CmpStatus } from './cmp/cmp-names.js';
export { parseCertRequests } from './cmp/crmf.js';
export type { CertRequestMessage, CertTemplate, CertificateReference, ProofOfPossession } from './cmp/crmf.js';
export {
  P10CR_REQUEST_ID,
  parseCertConfirmations,
  parseGeneralMessage,
  parsePollRequest,
  parseRevocationDetails,
} from './cmp/cmp-bodies.js';
export type { CertConfirmation, RevocationDetails } from './cmp/cmp-bodies.js';
export { isPasswordMac, parsePasswordMac } from './cmp/password-mac.js';
export type { PasswordMacParameters } from './cmp/password-mac.js';
export {
  certReplyContent,
  CMP_CONFIRMED,
  cmpErrorContent,
  cmpStatusInfo,
  directoryName,
  encodeCmpMessage,
  generalReplyContent,
  passwordProtector,
  pollReplyContent,
  revocationReplyContent,
  signatureProtector,
} from './cmp/cmp-reply.js';
export type { CertAnswer, CmpProtector, CmpReply } from './cmp/cmp-reply.js';
export { createCertRequest } from './cmp/create-cert-request.js';

export { readXml } from './xml/read-xml.js';
export type { XmlLimits } from './xml/read-xml.js';
export { canonicalXml, xmlEscape, xmlEscapeAttribute } from './xml/canonical-xml.js';
export { xmlAttributeOf, xmlChild, xmlChildren, xmlContent } from './xml/xml-tree.js';
export type { XmlAttribute, XmlElement, XmlNode } from './xml/xml-tree.js';
export { signXml } from './xml/sign-xml.js';
export type { SignXmlOptions } from './xml/sign-xml.js';
export { verifyXml } from './xml/verify-xml.js';
export type { VerifyXmlOptions, XmlVerdict } from './xml/verify-xml.js';

export { signPdf } from './pdf/sign-pdf.js';
export type { SignPdfOptions } from './pdf/sign-pdf.js';
export { verifyPdf } from './pdf/verify-pdf.js';
