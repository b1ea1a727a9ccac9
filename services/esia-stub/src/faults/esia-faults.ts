import { AccountDeletedFault } from './account-deleted.fault.js';
import { AlgSwitchedFault } from './alg-switched.fault.js';
import { BadTokenSignatureFault } from './bad-token-signature.fault.js';
import { ClockSkewFault } from './clock-skew.fault.js';
import { CodeExpiredOnIssueFault } from './code-expired-on-issue.fault.js';
import { CollectionSizeLiesFault } from './collection-size-lies.fault.js';
import { ConsentRevokedFault } from './consent-revoked.fault.js';
import { ContactUnverifiedFault } from './contact-unverified.fault.js';
import { DateHeaderWrongFault } from './date-header-wrong.fault.js';
import { ErrorAsHtmlFault } from './error-as-html.fault.js';
import { ExpiresInStringFault } from './expires-in-string.fault.js';
import { FieldMissingFault } from './field-missing.fault.js';
import { IdTokenMissingFault } from './id-token-missing.fault.js';
import { LogoutIgnoredFault } from './logout-ignored.fault.js';
import { LongCodeFault } from './long-code.fault.js';
import { OidMismatchFault } from './oid-mismatch.fault.js';
import { OtpImpossibleFault } from './otp-impossible.fault.js';
import { PassportVerifyingFault } from './passport-verifying.fault.js';
import { RefreshNotIssuedFault } from './refresh-not-issued.fault.js';
import { SigningKeyRotatedFault } from './signing-key-rotated.fault.js';
import { StateLostFault } from './state-lost.fault.js';
import { StateMismatchFault } from './state-mismatch.fault.js';
import { UnconfirmedAccountFault } from './unconfirmed-account.fault.js';
import { UserDeniedFault } from './user-denied.fault.js';
import { WrongIssuerFault } from './wrong-issuer.fault.js';

/** Faults only ESIA has. */
export const esiaFaults = [
  AccountDeletedFault,
  AlgSwitchedFault,
  BadTokenSignatureFault,
  ClockSkewFault,
  CodeExpiredOnIssueFault,
  CollectionSizeLiesFault,
  ConsentRevokedFault,
  ContactUnverifiedFault,
  DateHeaderWrongFault,
  ErrorAsHtmlFault,
  ExpiresInStringFault,
  FieldMissingFault,
  IdTokenMissingFault,
  LogoutIgnoredFault,
  LongCodeFault,
  OidMismatchFault,
  OtpImpossibleFault,
  PassportVerifyingFault,
  RefreshNotIssuedFault,
  SigningKeyRotatedFault,
  StateLostFault,
  StateMismatchFault,
  UnconfirmedAccountFault,
  UserDeniedFault,
  WrongIssuerFault,
];
