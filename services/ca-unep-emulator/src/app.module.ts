import { Module } from '@nestjs/common';
import { defineEmulator } from '@poligon/emulator-kit';
import { AuthorityAdminController } from './admin/authority-admin.controller.js';
import { CertificatesAdminController } from './admin/certificates-admin.controller.js';
import { EventsAdminController } from './admin/events-admin.controller.js';
import { IssueRequestsAdminController } from './admin/issue-requests-admin.controller.js';
import { caSettings } from './config.js';
import { CallbackDuplicateFault } from './faults/callback-duplicate.fault.js';
import { CallbackLostFault } from './faults/callback-lost.fault.js';
import { CmsBadSignatureFault } from './faults/cms-bad-signature.fault.js';
import { IssueDelayTailFault } from './faults/issue-delay-tail.fault.js';
import { IssueStuckFault } from './faults/issue-stuck.fault.js';
import { SmsCodeLostFault } from './faults/sms-code-lost.fault.js';
import { SnilsInnMismatchFault } from './faults/snils-inn-mismatch.fault.js';
import { OcspTryLaterFault } from './faults/ocsp-try-later.fault.js';
import { OcspUnknownFault } from './faults/ocsp-unknown.fault.js';
import { OcspStaleFault } from './faults/ocsp-stale.fault.js';
import { OcspWrongResponderFault } from './faults/ocsp-wrong-responder.fault.js';
import { OcspNonceMismatchFault } from './faults/ocsp-nonce-mismatch.fault.js';
import { CrlExpiredFault } from './faults/crl-expired.fault.js';
import { CrlHugeFault } from './faults/crl-huge.fault.js';
import { CrlUnavailableFault } from './faults/crl-unavailable.fault.js';
import { TspClockSkewFault } from './faults/tsp-clock-skew.fault.js';
import { TspRejectionFault } from './faults/tsp-rejection.fault.js';
import { CmsSwappedHalvesFault } from './faults/cms-swapped-halves.fault.js';
import { CmsWrongDigestFault } from './faults/cms-wrong-digest.fault.js';
import { CmsMissingSigningCertFault } from './faults/cms-missing-signing-cert.fault.js';
import { CmsTruncatedFault } from './faults/cms-truncated.fault.js';
import { SmevDownFault } from './faults/smev-down.fault.js';
import { CertWrongSubjectFault } from './faults/cert-wrong-subject.fault.js';
import { CertWrongKeyFault } from './faults/cert-wrong-key.fault.js';
import { CertWrongKeyUsageFault } from './faults/cert-wrong-key-usage.fault.js';
import { CertAlreadyExpiredFault } from './faults/cert-already-expired.fault.js';
import { CertNotYetValidFault } from './faults/cert-not-yet-valid.fault.js';
import { CertNearExpiryFault } from './faults/cert-near-expiry.fault.js';
import { CertUntrustedIssuerFault } from './faults/cert-untrusted-issuer.fault.js';
import { DuplicateSerialFault } from './faults/duplicate-serial.fault.js';
import { RevokedAfterSignFault } from './faults/revoked-after-sign.fault.js';
import { SignPartialBatchFault } from './faults/sign-partial-batch.fault.js';
import { StopListFault } from './faults/stop-list.fault.js';
import { CaMetrics } from './flow/ca-metrics.js';
import { CallbackCourier } from './flow/callback-courier.js';
import { CertificateOffice } from './flow/certificate-office.js';
import { CertificationAuthority } from './flow/certification-authority.js';
import { CmsSigner } from './flow/cms-signer.js';
import { CodeDesk } from './flow/code-desk.js';
import { ContentSigner } from './flow/content-signer.js';
import { Delays } from './flow/delays.js';
import { Enrolment } from './flow/enrolment.js';
import { IssueOrders } from './flow/issue-orders.js';
import { IssueRequests } from './flow/issue-requests.js';
import { IssuingDesk } from './flow/issuing-desk.js';
import { KeyPool } from './flow/key-pool.js';
import { Preissue } from './flow/preissue.js';
import { ResultNotices } from './flow/result-notices.js';
import { RevocationLists } from './flow/revocation-lists.js';
import { Revocations } from './flow/revocations.js';
import { SigningDesk } from './flow/signing-desk.js';
import { SmsSender } from './flow/sms-sender.js';
import { StatusResponder } from './flow/status-responder.js';
import { Tenants } from './flow/tenants.js';
import { TimestampDesk } from './flow/timestamp-desk.js';
import { AstralEventsController } from './protocol/astral/astral-events.controller.js';
import { AstralInbox } from './protocol/astral/astral-inbox.js';
import { AstralNotices } from './protocol/astral/astral-notices.js';
import { AstralOutbox } from './protocol/astral/astral-outbox.js';
import { astralErrors } from './protocol/astral/astral.errors.js';
import { CertificatesController } from './protocol/kontur/certificates.controller.js';
import { IssueRequestsController } from './protocol/kontur/issue-requests.controller.js';
import { KonturDesk } from './protocol/kontur/kontur-desk.js';
import { konturErrors } from './protocol/kontur/kontur.errors.js';
import { AiaController } from './protocol/pki/aia.controller.js';
import { CrlController } from './protocol/pki/crl.controller.js';
import { OcspController } from './protocol/ocsp/ocsp.controller.js';
import { ocspErrors } from './protocol/ocsp/ocsp.errors.js';
import { DssDesk } from './protocol/dss/dss-desk.js';
import { DssSessions } from './protocol/dss/dss-session.js';
import { DssTransactions } from './protocol/dss/dss-transactions.js';
import { dssErrors } from './protocol/dss/dss.errors.js';
import { SignServerController } from './protocol/dss/sign-server.controller.js';
import { StsController } from './protocol/dss/sts.controller.js';
import { stsErrors } from './protocol/dss/sts.errors.js';
import { SvsController } from './protocol/dss/svs.controller.js';
import { EstController } from './protocol/est/est.controller.js';
import { estErrors } from './protocol/est/est.errors.js';
import { CmpCertification } from './protocol/cmp/cmp-certification.js';
import { CmpDesk } from './protocol/cmp/cmp-desk.js';
import { CmpGate } from './protocol/cmp/cmp-gate.js';
import { CmpServices } from './protocol/cmp/cmp-services.js';
import { CmpTransactions } from './protocol/cmp/cmp-transactions.js';
import { CmpController } from './protocol/cmp/cmp.controller.js';
import { cmpErrors } from './protocol/cmp/cmp.errors.js';
import { tolerateStatusPaths } from './protocol/status-paths.js';
import { TspController } from './protocol/tsp/tsp.controller.js';
import { tspErrors } from './protocol/tsp/tsp.errors.js';
import { pkiErrors } from './protocol/pki/pki.errors.js';
import { CertificateStore } from './state/certificate.store.js';
import { EventStore } from './state/event.store.js';
import { IssueRequestStore } from './state/issue-request.store.js';
import { MemoryCertificateStore } from './state/memory-certificate.store.js';
import { MemoryEventStore } from './state/memory-event.store.js';
import { MemoryIssueRequestStore } from './state/memory-issue-request.store.js';
import { MemoryRevocationStore } from './state/memory-revocation.store.js';
import { MemorySigningOperationStore } from './state/memory-signing-operation.store.js';
import { RevocationStore } from './state/revocation.store.js';
import { SigningOperationStore } from './state/signing-operation.store.js';

const STATE = [
  { provide: IssueRequestStore, useClass: MemoryIssueRequestStore },
  { provide: CertificateStore, useClass: MemoryCertificateStore },
  { provide: SigningOperationStore, useClass: MemorySigningOperationStore },
  { provide: RevocationStore, useClass: MemoryRevocationStore },
  { provide: EventStore, useClass: MemoryEventStore },
];

const FLOW = [
  ...[CertificationAuthority, KeyPool, Delays, CaMetrics, Tenants, CallbackCourier, SmsSender],
  ...[IssueRequests, CertificateOffice, IssuingDesk, IssueOrders, CodeDesk, CmsSigner, SigningDesk, Preissue],
  ...[RevocationLists, Revocations, StatusResponder, TimestampDesk, ContentSigner, Enrolment],
];

const FAULTS = [
  ...[
    CmsSwappedHalvesFault,
    CmsWrongDigestFault,
    CmsMissingSigningCertFault,
    CmsTruncatedFault,
    SmevDownFault,
    CertWrongSubjectFault,
    CertWrongKeyFault,
    CertWrongKeyUsageFault,
    CertAlreadyExpiredFault,
    CertNotYetValidFault,
    CertNearExpiryFault,
    CertUntrustedIssuerFault,
    DuplicateSerialFault,
    RevokedAfterSignFault,
    SignPartialBatchFault,
  ],
  ...[
    OcspTryLaterFault,
    OcspUnknownFault,
    OcspStaleFault,
    OcspWrongResponderFault,
    OcspNonceMismatchFault,
    CrlExpiredFault,
    CrlHugeFault,
    CrlUnavailableFault,
    TspClockSkewFault,
    TspRejectionFault,
  ],
  ...[StopListFault, SnilsInnMismatchFault, IssueStuckFault, IssueDelayTailFault, SmsCodeLostFault],
  ...[CallbackLostFault, CallbackDuplicateFault, CmsBadSignatureFault],
];

@Module({
  controllers: [
    ...[AstralEventsController, IssueRequestsController, CertificatesController],
    ...[AiaController, CrlController, OcspController, TspController],
    ...[StsController, SignServerController, SvsController, EstController, CmpController],
  ],
  providers: [
    ...STATE,
    ...FLOW,
    ...[CmpDesk, CmpGate, CmpCertification, CmpServices, CmpTransactions],
    ...[AstralInbox, AstralOutbox, KonturDesk, DssDesk, DssSessions, DssTransactions],
    { provide: ResultNotices, useClass: AstralNotices },
    ...FAULTS,
  ],
})
class CaUnepModule {}

/** Composition root of the certification authority. */
export const caUnepEmulator = defineEmulator({
  name: 'ca-unep-emulator',
  settings: caSettings,
  module: () => CaUnepModule,
  catalogues: [
    astralErrors,
    konturErrors,
    dssErrors,
    stsErrors,
    estErrors,
    cmpErrors,
    ocspErrors,
    tspErrors,
    pkiErrors,
  ],
  http: (fastify) => void fastify.server.prependListener('request', tolerateStatusPaths),
  admin: {
    controllers: [
      IssueRequestsAdminController,
      CertificatesAdminController,
      EventsAdminController,
      AuthorityAdminController,
    ],
    uses: [
      ...[IssueRequestStore, CertificateStore, IssueRequests, IssuingDesk, IssueOrders],
      ...[Preissue, AstralOutbox, Tenants, CertificationAuthority, KeyPool],
      ...[CertificateOffice, Revocations],
    ],
  },
  faultsFolder: new URL('./faults/', import.meta.url),
});
