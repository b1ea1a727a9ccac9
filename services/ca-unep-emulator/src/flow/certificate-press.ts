import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@poligon/emulator-kit';
import type { CertificateProfile, IssuedCertificate } from '@poligon/pki';
import type { CaConfig } from '../config.js';
import { createForeignSigner } from '../domain/authority.js';
import { withCertificateFaults } from '../domain/certificate-faults.js';
import { NO_HINTS, type FaultHints } from '../domain/fault-hints.js';
import { CertificationAuthority } from './certification-authority.js';
import { Revocations } from './revocations.js';
import { SigningThreads } from './signing-threads.js';

/** Makes certificates as their contents and the faults of their order ask; keeps none. */
@Injectable()
export class CertificatePress {
  private lastSerial: Buffer | undefined;

  constructor(
    private readonly authority: CertificationAuthority,
    private readonly revocations: Revocations,
    private readonly threads: SigningThreads,
    @Inject(CONFIG) private readonly config: Pick<CaConfig, 'certificateDays'>,
  ) {}

  /** How long a certificate of an employee is valid. */
  get days(): number {
    return this.config.certificateDays;
  }

  /** @throws PkiError when the content cannot be written into a certificate */
  async make(content: CertificateProfile, hints: FaultHints, nowMs: number): Promise<IssuedCertificate> {
    if (hints['key-rollover'] === true) await this.rollOver();
    const { suite, issuer } = this.authority;
    const serial = hints['duplicate-serial'] === true ? this.lastSerial : undefined;
    this.lastSerial = serial ?? this.authority.newSerial();
    const signer = hints['cert-untrusted-issuer'] === true ? createForeignSigner(suite, nowMs) : issuer;
    const wrong = hints === NO_HINTS ? content : withCertificateFaults(content, { hints, nowMs, suite });
    return this.threads.issue(signer, { ...wrong, serial: this.lastSerial });
  }

  /** The lists of the new key are there before a certificate names them. */
  private async rollOver(): Promise<void> {
    await this.authority.rollOver();
    await this.revocations.publish();
  }
}
