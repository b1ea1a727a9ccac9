import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Tracing } from '@poligon/emulator-kit';
import type { CaConfig } from '../config.js';
import type { DocumentSignature, SigningOperation } from '../domain/signing-operation.js';
import { requireActive, signingKeyOf } from '../domain/unep-certificate.js';
import { CertificateOffice } from './certificate-office.js';
import { CertificationAuthority } from './certification-authority.js';
import { Delays } from './delays.js';
import { SigningThreads } from './signing-threads.js';
import { TimestampDesk } from './timestamp-desk.js';

/** The HSM: makes detached CAdES-BES or CAdES-T signatures of digests with an employee's key, in the time it takes. */
@Injectable()
export class CmsSigner {
  private readonly timestamp: ((signatureValue: Buffer) => Buffer) | undefined;

  constructor(
    private readonly authority: CertificationAuthority,
    private readonly office: CertificateOffice,
    private readonly delays: Delays,
    private readonly clock: Clock,
    timestamps: TimestampDesk,
    private readonly tracing: Tracing,
    private readonly threads: SigningThreads,
    @Inject(CONFIG) private readonly config: Pick<CaConfig, 'hasChainInCms' | 'cmsLevel'>,
  ) {
    this.timestamp = config.cmsLevel === 't' ? (value) => timestamps.tokenOver(value) : undefined;
  }

  /** One signature per document, in order. @throws Refusal when the certificate may not sign any more, PkiError */
  async sign({ id, certificateId, profile, documents, hints }: SigningOperation): Promise<DocumentSignature[]> {
    const done = this.tracing.begin('ca.sign');
    await this.clock.sleepUntil(this.clock.monotonicMs() + this.delays.signMs(id));
    done();
    const certificate = await this.office.require(certificateId, profile);
    requireActive(certificate, this.clock.nowMs());
    const { der } = certificate;
    const keyPair = signingKeyOf(certificate);
    const signingTime = new Date(this.clock.nowMs());
    const isPartial = hints['sign-partial-batch'] === true;
    const wanted = isPartial ? documents.slice(0, Math.ceil(documents.length / 2)) : documents;
    const chain = this.config.hasChainInCms ? [this.authority.issuerOf(certificate.serialHex)] : [];
    const signing = wanted.map(async (document) => {
      const { timestamp } = this;
      const options = { keyPair, certificate: der, chain, contentDigest: document.digest, signingTime, timestamp };
      return { id: document.id, cms: await this.threads.cms(hints, options) };
    });
    const signatures = await Promise.all(signing);
    if (hints['revoked-after-sign'] === true) await this.office.revoke(certificateId, 'keyCompromise');
    return signatures;
  }
}
