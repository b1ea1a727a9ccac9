import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Ids } from '@poligon/emulator-kit';
import { cosignCms, signPdf, signXml, type SignCmsOptions } from '@poligon/pki';
import type { CaConfig } from '../config.js';
import { withCmsFaults } from '../domain/cms-faults.js';
import type { FaultHints } from '../domain/fault-hints.js';
import { Refusal } from '../domain/refusal.js';
import { requireActive, signingKeyOf, type UnepCertificate } from '../domain/unep-certificate.js';
import { CertificationAuthority } from './certification-authority.js';
import { Delays } from './delays.js';
import { HsmSlots } from './hsm-slots.js';
import { SigningThreads } from './signing-threads.js';
import { TimestampDesk } from './timestamp-desk.js';

/** CMS; one more signature in a CMS; the signature value alone; XML or PDF with the signature inside. */
export type SignatureForm = 'cms' | 'cosign' | 'raw' | 'xml' | 'pdf';

/** A document in full, and the form its signature takes. */
export interface ContentOrder {
  readonly content: Buffer;
  /** Default `cms`. */
  readonly form?: SignatureForm;
  readonly isDetached: boolean;
  readonly level: 'BES' | 'T';
  readonly hints: FaultHints;
  /** The document, when `content` is a detached signature to co-sign. */
  readonly original?: Buffer;
}

/** Signs documents that are sent in full: attached or detached, with or without a time-stamp. */
@Injectable()
export class ContentSigner {
  constructor(
    private readonly authority: CertificationAuthority,
    private readonly timestamps: TimestampDesk,
    private readonly delays: Delays,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly threads: SigningThreads,
    private readonly slots: HsmSlots,
    @Inject(CONFIG) private readonly config: Pick<CaConfig, 'hasChainInCms'>,
  ) {}

  /**
   * What the form of the order is. @throws Refusal `wrong_state` unless the certificate is active, PkiError for a document that is not of the form
   */
  async sign(certificate: UnepCertificate, order: ContentOrder): Promise<Buffer> {
    if (order.hints['hsm-busy'] === true) throw new Refusal('overloaded', 'все слоты HSM заняты, повторите позже');
    return this.slots.run(certificate, async () => {
      await this.clock.sleepUntil(this.clock.monotonicMs() + this.delays.signMs(this.ids.uuid()));
      requireActive(certificate, this.clock.nowMs());
      return this.made(certificate, order);
    });
  }

  private async made(certificate: UnepCertificate, order: ContentOrder): Promise<Buffer> {
    const { content, hints, original, isDetached } = order;
    const signer = { keyPair: signingKeyOf(certificate), certificate: certificate.der };
    const signingTime = new Date(this.clock.nowMs());
    const timestamp = order.level === 'T' ? { timestamp: (value: Buffer) => this.timestamps.tokenOver(value) } : {};
    const cms = (document: Buffer, detached: boolean): SignCmsOptions => ({
      ...{ ...signer, chain: this.chainOf(certificate), content: document, detached, signingTime },
      ...timestamp,
    });
    switch (order.form ?? 'cms') {
      case 'raw':
        return signer.keyPair.sign(content);
      case 'xml':
        return signXml({ ...signer, content });
      case 'pdf':
        return signPdf({ content, signingTime, sign: (covered) => withCmsFaults(hints, cms(covered, true)) });
      case 'cosign':
        return cosignCms({
          ...signer,
          ...timestamp,
          cms: content,
          signingTime,
          ...(original ? { content: original } : {}),
        });
      case 'cms':
        return this.threads.cms(hints, cms(content, isDetached));
    }
  }

  private chainOf({ serialHex }: UnepCertificate): Buffer[] {
    return this.config.hasChainInCms ? [this.authority.issuerOf(serialHex)] : [];
  }
}
