import { CaSwitchFault } from './ca-switch.fault.js';
import { CallbackBeforeReplyFault } from './callback-before-reply.fault.js';
import { CallbackDuplicateFault } from './callback-duplicate.fault.js';
import { CallbackLostFault } from './callback-lost.fault.js';
import { CallbackReorderedFault } from './callback-reordered.fault.js';
import { CertAlreadyExpiredFault } from './cert-already-expired.fault.js';
import { CertNearExpiryFault } from './cert-near-expiry.fault.js';
import { CertNotYetValidFault } from './cert-not-yet-valid.fault.js';
import { CertUntrustedIssuerFault } from './cert-untrusted-issuer.fault.js';
import { CertWrongKeyFault } from './cert-wrong-key.fault.js';
import { CertWrongKeyUsageFault } from './cert-wrong-key-usage.fault.js';
import { CertWrongSubjectFault } from './cert-wrong-subject.fault.js';
import { CmsBadSignatureFault } from './cms-bad-signature.fault.js';
import { CmsMissingSigningCertFault } from './cms-missing-signing-cert.fault.js';
import { CmsSwappedHalvesFault } from './cms-swapped-halves.fault.js';
import { CmsTruncatedFault } from './cms-truncated.fault.js';
import { CmsWrongDigestFault } from './cms-wrong-digest.fault.js';
import { ConfirmationCancelledFault } from './confirmation-cancelled.fault.js';
import { CrlExpiredFault } from './crl-expired.fault.js';
import { CrlHugeFault } from './crl-huge.fault.js';
import { CrlUnavailableFault } from './crl-unavailable.fault.js';
import { DssTokenExpiredFault } from './dss-token-expired.fault.js';
import { DuplicateSerialFault } from './duplicate-serial.fault.js';
import { GosuslugiNeverConfirmedFault } from './gosuslugi-never-confirmed.fault.js';
import { HsmBusyFault } from './hsm-busy.fault.js';
import { IssueDelayTailFault } from './issue-delay-tail.fault.js';
import { IssueStuckFault } from './issue-stuck.fault.js';
import { KeyRolloverFault } from './key-rollover.fault.js';
import { OcspNonceMismatchFault } from './ocsp-nonce-mismatch.fault.js';
import { OcspStaleFault } from './ocsp-stale.fault.js';
import { OcspTryLaterFault } from './ocsp-try-later.fault.js';
import { OcspUnknownFault } from './ocsp-unknown.fault.js';
import { OcspWrongResponderFault } from './ocsp-wrong-responder.fault.js';
import { OtpRejectedOnceFault } from './otp-rejected-once.fault.js';
import { RevokedAfterSignFault } from './revoked-after-sign.fault.js';
import { SignPartialBatchFault } from './sign-partial-batch.fault.js';
import { SmevDownFault } from './smev-down.fault.js';
import { SmsCodeLateFault } from './sms-code-late.fault.js';
import { SmsCodeLostFault } from './sms-code-lost.fault.js';
import { SmsCodeWrongLengthFault } from './sms-code-wrong-length.fault.js';
import { SnilsInnMismatchFault } from './snils-inn-mismatch.fault.js';
import { StopListFault } from './stop-list.fault.js';
import { TspClockSkewFault } from './tsp-clock-skew.fault.js';
import { TspRejectionFault } from './tsp-rejection.fault.js';
import { UserHasUnconfirmedOperationFault } from './user-has-unconfirmed-operation.fault.js';

/** The faults only this authority has. */
export const CA_FAULTS = [
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
  ...[
    CallbackReorderedFault,
    CallbackBeforeReplyFault,
    SmsCodeWrongLengthFault,
    OtpRejectedOnceFault,
    HsmBusyFault,
    UserHasUnconfirmedOperationFault,
  ],
  ...[
    DssTokenExpiredFault,
    ConfirmationCancelledFault,
    CaSwitchFault,
    KeyRolloverFault,
    GosuslugiNeverConfirmedFault,
    SmsCodeLateFault,
  ],
  ...[StopListFault, SnilsInnMismatchFault, IssueStuckFault, IssueDelayTailFault, SmsCodeLostFault],
  ...[CallbackLostFault, CallbackDuplicateFault, CmsBadSignatureFault],
];
