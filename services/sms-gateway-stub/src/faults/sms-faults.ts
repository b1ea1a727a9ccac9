import { DlrBadSignatureFault } from './dlr-bad-signature.fault.js';
import { DlrBeforeReplyFault } from './dlr-before-reply.fault.js';
import { DlrDelayedFault } from './dlr-delayed.fault.js';
import { DlrDuplicateFault } from './dlr-duplicate.fault.js';
import { DlrHashMd5Fault } from './dlr-hash-md5.fault.js';
import { DlrIndexFromOneFault } from './dlr-index-from-one.fault.js';
import { DlrLostFault } from './dlr-lost.fault.js';
import { DlrReorderedFault } from './dlr-reordered.fault.js';
import { DlrStormFault } from './dlr-storm.fault.js';
import { DlrViaGetFault } from './dlr-via-get.fault.js';
import { SmppAlertNotificationFault } from './smpp-alert-notification.fault.js';
import { SmppAlternateFailFault } from './smpp-alternate-fail.fault.js';
import { SmppBadLengthFault } from './smpp-bad-length.fault.js';
import { SmppBindRefusedFault } from './smpp-bind-refused.fault.js';
import { SmppFragmentedFault } from './smpp-fragmented.fault.js';
import { SmppNackFault } from './smpp-nack.fault.js';
import { SmppOutbindFault } from './smpp-outbind.fault.js';
import { SmppQueueFullFault } from './smpp-queue-full.fault.js';
import { SmppReceiptCapitalTextFault } from './smpp-receipt-capital-text.fault.js';
import { SmppReceiptFirstFault } from './smpp-receipt-first.fault.js';
import { SmppReceiptIdFormFault } from './smpp-receipt-id-form.fault.js';
import { SmppReceiptOtherBindFault } from './smpp-receipt-other-bind.fault.js';
import { SmppReceiptSecondsFault } from './smpp-receipt-seconds.fault.js';
import { SmppReceiptStarvedFault } from './smpp-receipt-starved.fault.js';
import { SmppReceiptUcs2Fault } from './smpp-receipt-ucs2.fault.js';
import { SmppReceiptVendorTlvFault } from './smpp-receipt-vendor-tlv.fault.js';
import { SmppRespLateFault } from './smpp-resp-late.fault.js';
import { SmppRespMissingFault } from './smpp-resp-missing.fault.js';
import { SmppRespOutOfOrderFault } from './smpp-resp-out-of-order.fault.js';
import { SmppRespWrongSequenceFault } from './smpp-resp-wrong-sequence.fault.js';
import { SmppScheduledDropFault } from './smpp-scheduled-drop.fault.js';
import { SmppSilentLinkFault } from './smpp-silent-link.fault.js';
import { SmppSubmitFailFault } from './smpp-submit-fail.fault.js';
import { SmppSystemErrorFault } from './smpp-system-error.fault.js';
import { SmppThrottledFault } from './smpp-throttled.fault.js';
import { SmppUnbindFault } from './smpp-unbind.fault.js';
import { SmppUnknownCommandFault } from './smpp-unknown-command.fault.js';
import { SmsAcceptedNoReplyFault } from './sms-accepted-no-reply.fault.js';
import { SmsAntifraudCodeFault } from './sms-antifraud-code.fault.js';
import { SmsAuthRejectedFault } from './sms-auth-rejected.fault.js';
import { SmsDuplicateFault } from './sms-duplicate.fault.js';
import { SmsDuplicateFloodFault } from './sms-duplicate-flood.fault.js';
import { SmsExpiredFault } from './sms-expired.fault.js';
import { SmsFalseDeliveredFault } from './sms-false-delivered.fault.js';
import { SmsForeignNumberFault } from './sms-foreign-number.fault.js';
import { SmsGateFailoverFault } from './sms-gate-failover.fault.js';
import { SmsIpBlockedFault } from './sms-ip-blocked.fault.js';
import { SmsLateFault } from './sms-late.fault.js';
import { SmsLegacyEnvelopeFault } from './sms-legacy-envelope.fault.js';
import { SmsLostFault } from './sms-lost.fault.js';
import { SmsMissingIdFault } from './sms-missing-id.fault.js';
import { SmsNoFundsFault } from './sms-no-funds.fault.js';
import { SmsOfflineFault } from './sms-offline.fault.js';
import { SmsPartialRecipientsFault } from './sms-partial-recipients.fault.js';
import { SmsReorderedFault } from './sms-reordered.fault.js';
import { SmsSegmentLostFault } from './sms-segment-lost.fault.js';
import { SmsSegmentShuffledFault } from './sms-segment-shuffled.fault.js';
import { SmsSenderUnregisteredFault } from './sms-sender-unregistered.fault.js';
import { SmsServiceUnavailableFault } from './sms-service-unavailable.fault.js';
import { SmsSpamFilterFault } from './sms-spam-filter.fault.js';
import { SmsStatusStuckFault } from './sms-status-stuck.fault.js';
import { SmsStatusUnknownFault } from './sms-status-unknown.fault.js';
import { SmsStopListFault } from './sms-stop-list.fault.js';
import { SmsTextMangledFault } from './sms-text-mangled.fault.js';
import { SmsTranslitFault } from './sms-translit.fault.js';
import { SmsTypeDriftFault } from './sms-type-drift.fault.js';
import { SmsUndeliveredFault } from './sms-undelivered.fault.js';

/** Faults only an SMS gateway has. */
export const SMS_FAULTS = [
  DlrBadSignatureFault,
  DlrBeforeReplyFault,
  DlrDelayedFault,
  DlrDuplicateFault,
  DlrHashMd5Fault,
  DlrIndexFromOneFault,
  DlrLostFault,
  DlrReorderedFault,
  DlrStormFault,
  DlrViaGetFault,
  SmppAlertNotificationFault,
  SmppAlternateFailFault,
  SmppBadLengthFault,
  SmppBindRefusedFault,
  SmppFragmentedFault,
  SmppNackFault,
  SmppOutbindFault,
  SmppQueueFullFault,
  SmppReceiptCapitalTextFault,
  SmppReceiptFirstFault,
  SmppReceiptIdFormFault,
  SmppReceiptOtherBindFault,
  SmppReceiptSecondsFault,
  SmppReceiptStarvedFault,
  SmppReceiptUcs2Fault,
  SmppReceiptVendorTlvFault,
  SmppRespLateFault,
  SmppRespMissingFault,
  SmppRespOutOfOrderFault,
  SmppRespWrongSequenceFault,
  SmppScheduledDropFault,
  SmppSilentLinkFault,
  SmppSubmitFailFault,
  SmppSystemErrorFault,
  SmppThrottledFault,
  SmppUnbindFault,
  SmppUnknownCommandFault,
  SmsAcceptedNoReplyFault,
  SmsAntifraudCodeFault,
  SmsAuthRejectedFault,
  SmsDuplicateFault,
  SmsDuplicateFloodFault,
  SmsExpiredFault,
  SmsFalseDeliveredFault,
  SmsForeignNumberFault,
  SmsGateFailoverFault,
  SmsIpBlockedFault,
  SmsLateFault,
  SmsLegacyEnvelopeFault,
  SmsLostFault,
  SmsMissingIdFault,
  SmsNoFundsFault,
  SmsOfflineFault,
  SmsPartialRecipientsFault,
  SmsReorderedFault,
  SmsSegmentLostFault,
  SmsSegmentShuffledFault,
  SmsSenderUnregisteredFault,
  SmsServiceUnavailableFault,
  SmsSpamFilterFault,
  SmsStatusStuckFault,
  SmsStatusUnknownFault,
  SmsStopListFault,
  SmsTextMangledFault,
  SmsTranslitFault,
  SmsTypeDriftFault,
  SmsUndeliveredFault,
];
