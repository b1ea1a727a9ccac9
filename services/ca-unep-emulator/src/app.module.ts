import { Module } from '@nestjs/common';
import { Clock, CONFIG, defineEmulator, Ids } from '@poligon/emulator-kit';
import { AuthorityAdminController } from './admin/authority-admin.controller.js';
import { CertificatesAdminController } from './admin/certificates-admin.controller.js';
import { EventsAdminController } from './admin/events-admin.controller.js';
import { IssueRequestsAdminController } from './admin/issue-requests-admin.controller.js';
import { TlsAdminController } from './admin/tls-admin.controller.js';
import { caSettings } from './config.js';
import { CA_FAULTS } from './faults/ca-faults.js';
import { CaMetrics } from './flow/ca-metrics.js';
import { CallbackCourier } from './flow/callback-courier.js';
import { CertificateOffice } from './flow/certificate-office.js';
import { CertificatePress } from './flow/certificate-press.js';
import { CertificationAuthority } from './flow/certification-authority.js';
import { CmsSigner } from './flow/cms-signer.js';
import { CodeDesk } from './flow/code-desk.js';
import { CodePost } from './flow/code-post.js';
import { ContentSigner } from './flow/content-signer.js';
import { Delays } from './flow/delays.js';
import { Enrolment } from './flow/enrolment.js';
import { HsmSlots } from './flow/hsm-slots.js';
import { IssueOrders } from './flow/issue-orders.js';
import { IssueRequests } from './flow/issue-requests.js';
import { IssuingDesk } from './flow/issuing-desk.js';
import { KeyPool } from './flow/key-pool.js';
import { Preissue } from './flow/preissue.js';
import { Recovery } from './flow/recovery.js';
import { ResultNotices } from './flow/result-notices.js';
import { RevocationLists } from './flow/revocation-lists.js';
import { Revocations } from './flow/revocations.js';
import { SigningDesk } from './flow/signing-desk.js';
import { SigningThreads } from './flow/signing-threads.js';
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
import { DssAccounts } from './protocol/dss/dss-accounts.js';
import { DssCallbacks } from './protocol/dss/dss-callbacks.js';
import { DssDesk } from './protocol/dss/dss-desk.js';
import { DssGrants } from './protocol/dss/dss-grants.js';
import { OauthController } from './protocol/dss/oauth.controller.js';
import { DssSessions } from './protocol/dss/dss-session.js';
import { DssTransactions } from './protocol/dss/dss-transactions.js';
import { DssUsers } from './protocol/dss/dss-users.js';
import { DssKeysController } from './protocol/dss/dss-keys.controller.js';
import { UmsController } from './protocol/dss/ums.controller.js';
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
import { Ca20Desk } from './protocol/ca20/ca20-desk.js';
import { Ca20Tokens } from './protocol/ca20/ca20-tokens.js';
import { Ca20Users } from './protocol/ca20/ca20-users.js';
import { Ca20Controller } from './protocol/ca20/ca20.controller.js';
import { ca20Errors } from './protocol/ca20/ca20.errors.js';
import { DssSignDesk } from './protocol/dss-sign/dss-sign-desk.js';
import { DssSignController } from './protocol/dss-sign/dss-sign.controller.js';
import { dssSignErrors } from './protocol/dss-sign/dss-sign.errors.js';
import { SignMeDesk } from './protocol/sign-me/sign-me-desk.js';
import { SignMeController } from './protocol/sign-me/sign-me.controller.js';
import { signMeErrors } from './protocol/sign-me/sign-me.errors.js';
import { tolerateStatusPaths } from './protocol/status-paths.js';
import { TlsDoor } from './protocol/tls-door.js';
import { TspController } from './protocol/tsp/tsp.controller.js';
import { tspErrors } from './protocol/tsp/tsp.errors.js';
import { pkiErrors } from './protocol/pki/pki.errors.js';
import { AuthorityStore } from './state/authority.store.js';
import { CertificateStore } from './state/certificate.store.js';
import { STATE } from './state/state.providers.js';
import { IssueRequestStore } from './state/issue-request.store.js';

const FLOW = [
  {
    provide: CertificationAuthority,
    useFactory: (...parts: ConstructorParameters<typeof CertificationAuthority>) =>
      new CertificationAuthority(...parts).open(),
    inject: [CONFIG, Clock, Ids, AuthorityStore],
  },
  ...[KeyPool, Delays, CaMetrics, Tenants, CallbackCourier, SmsSender],
  ...[IssueRequests, CertificateOffice, IssuingDesk, IssueOrders, CodeDesk, CodePost, CmsSigner, SigningDesk, Preissue],
  ...[RevocationLists, Revocations, StatusResponder, TimestampDesk, ContentSigner, Enrolment, Recovery],
  ...[SigningThreads, CertificatePress, HsmSlots],
];

@Module({
  controllers: [
    ...[AstralEventsController, IssueRequestsController, CertificatesController],
    ...[AiaController, CrlController, OcspController, TspController],
    ...[
      OauthController,
      StsController,
      UmsController,
      SignServerController,
      DssKeysController,
      SvsController,
      EstController,
      CmpController,
    ],
    ...[DssSignController, SignMeController, Ca20Controller],
  ],
  providers: [
    ...STATE,
    ...FLOW,
    TlsDoor,
    ...[Ca20Desk, Ca20Tokens, Ca20Users],
    ...[CmpDesk, CmpGate, CmpCertification, CmpServices, CmpTransactions],
    ...[
      AstralInbox,
      AstralOutbox,
      KonturDesk,
      DssAccounts,
      DssCallbacks,
      DssDesk,
      DssSessions,
      DssGrants,
      DssTransactions,
      DssUsers,
      DssSignDesk,
      SignMeDesk,
    ],
    { provide: ResultNotices, useClass: AstralNotices },
    ...CA_FAULTS,
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
    ca20Errors,
    dssSignErrors,
    signMeErrors,
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
      TlsAdminController,
    ],
    uses: [
      ...[IssueRequestStore, CertificateStore, IssueRequests, IssuingDesk, IssueOrders],
      ...[Preissue, AstralOutbox, Tenants, CertificationAuthority, KeyPool],
      ...[CertificateOffice, Revocations, TlsDoor],
    ],
  },
  faultsFolder: new URL('./faults/', import.meta.url),
});
