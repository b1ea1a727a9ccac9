import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG } from '@poligon/emulator-kit';
import { signCms } from '@poligon/pki';
import type { CaConfig } from '../config.js';
import type { DocumentSignature, SigningOperation } from '../domain/signing-operation.js';
import { requireActive } from '../domain/unep-certificate.js';
import { CertificateOffice } from './certificate-office.js';
import { CertificationAuthority } from './certification-authority.js';
import { Delays } from './delays.js';

/** The HSM: makes detached CAdES-BES signatures of digests with an employee's key, in the time it takes. */
@Injectable()
export class CmsSigner {
  private readonly chain: readonly Buffer[];

  constructor(
    authority: CertificationAuthority,
    private readonly office: CertificateOffice,
    private readonly delays: Delays,
    private readonly clock: Clock,
    @Inject(CONFIG) config: Pick<CaConfig, 'hasChainInCms'>,
  ) {
    this.chain = config.hasChainInCms ? [authority.issuer.certificate] : [];
  }

  /** One signature per document, in order. @throws Refusal when the certificate may not sign any more, PkiError */
  async sign({ id, certificateId, profile, documents, hints }: SigningOperation): Promise<DocumentSignature[]> {
    await this.clock.sleepUntil(this.clock.monotonicMs() + this.delays.signMs(id));
    const certificate = await this.office.require(certificateId, profile);
    requireActive(certificate, this.clock.nowMs());
    const { keyPair, der } = certificate;
    const signingTime = new Date(this.clock.nowMs());
    return documents.map((document) => {
      const { chain } = this;
      const cms = signCms({ keyPair, certificate: der, chain, contentDigest: document.digest, signingTime });
      return { id: document.id, cms: hints['cms-bad-signature'] === true ? withFlippedBit(cms) : cms };
    });
  }
}

/** The signature value is the last field, so the spoilt bit leaves the structure readable. */
function withFlippedBit(cms: Buffer): Buffer {
  const spoilt = Buffer.from(cms);
  spoilt[spoilt.length - 1]! ^= 1;
  return spoilt;
}
