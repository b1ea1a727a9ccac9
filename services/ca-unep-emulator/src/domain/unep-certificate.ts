import { crlReasonNumber, type KeyPair } from '@poligon/pki';
import type { CaProfile } from './issue-request.js';
import { Refusal } from './refusal.js';
import { HOLD_REASON } from './revocation.js';

/** ISSUED: made, not yet accepted by the employee, cannot sign. */
export type CertificateStatus = 'ISSUED' | 'ACTIVE' | 'REVOKED' | 'EXPIRED';

/** A certificate; the key of an employee's one never leaves the authority. */
export interface UnepCertificate {
  readonly id: string;
  readonly profile: CaProfile;
  readonly tenant: string;
  /** Absent for a certificate issued ahead of time. */
  readonly requestId: string | undefined;
  readonly subject: string | undefined;
  readonly fullName: string;
  readonly snils: string;
  readonly phone: string | undefined;
  /** Upper-case hex. */
  readonly serialHex: string;
  readonly der: Buffer;
  /** Absent when the key stays with its owner: then the authority cannot sign with it. */
  readonly keyPair: KeyPair | undefined;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  readonly isAccepted: boolean;
  readonly revocation?: { readonly atMs: number; readonly reason: string };
}

/** Revocation wins over expiry: a revoked certificate stays revoked. */
export function statusAt(certificate: UnepCertificate, nowMs: number): CertificateStatus {
  if (certificate.revocation !== undefined) return 'REVOKED';
  if (nowMs >= certificate.notAfterMs) return 'EXPIRED';
  return certificate.isAccepted ? 'ACTIVE' : 'ISSUED';
}

/** @throws Refusal `wrong_state` unless the certificate may sign now */
export function requireActive(certificate: UnepCertificate, nowMs: number): void {
  const status = statusAt(certificate, nowMs);
  if (status !== 'ACTIVE') throw new Refusal('wrong_state', `сертификат в состоянии ${status}, требуется ACTIVE`);
}

const isHold = (reason: string): boolean => crlReasonNumber(reason) === HOLD_REASON;

/** In force again after a hold. @throws Refusal `wrong_state` unless it is on hold */
export function released({ revocation, ...certificate }: UnepCertificate): UnepCertificate {
  if (revocation !== undefined && isHold(revocation.reason)) return certificate;
  throw new Refusal('wrong_state', 'действие сертификата не приостановлено');
}

/** A hold may become final. @throws Refusal `wrong_state` when it is revoked already */
export function revoked(certificate: UnepCertificate, reason: string, nowMs: number): UnepCertificate {
  const isFinal = certificate.revocation !== undefined && !isHold(certificate.revocation.reason);
  if (isFinal) throw new Refusal('wrong_state', 'сертификат уже отозван');
  return { ...certificate, revocation: { atMs: nowMs, reason } };
}

export const accepted = (certificate: UnepCertificate): UnepCertificate => ({ ...certificate, isAccepted: true });

/** The key the authority keeps. @throws Refusal `wrong_state` when its owner keeps it */
export function signingKeyOf({ keyPair }: UnepCertificate): KeyPair {
  if (keyPair !== undefined) return keyPair;
  throw new Refusal('wrong_state', 'ключ сертификата хранится у владельца');
}
