import type { UnepCertificate } from '../domain/unep-certificate.js';

/** Keeps employees' certificates with their keys. A resolved promise means the change is kept. */
export abstract class CertificateStore {
  abstract add(certificate: UnepCertificate): Promise<void>;
  abstract find(id: string): Promise<UnepCertificate | undefined>;
  /** @param serialHex upper-case hex without leading zeros */
  abstract findBySerial(serialHex: string): Promise<UnepCertificate | undefined>;
  /** Replaces the certificate by what `change` makes of it, with nothing in between; what `change` throws comes through. */
  abstract update(
    id: string,
    change: (certificate: UnepCertificate) => UnepCertificate,
  ): Promise<UnepCertificate | undefined>;
  /** Newest first; of one СНИЛС when it is given. */
  abstract recent(limit: number, snils?: string): Promise<readonly UnepCertificate[]>;
  abstract clear(): Promise<void>;
}
