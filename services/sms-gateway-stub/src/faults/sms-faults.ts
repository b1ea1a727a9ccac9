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
