import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Ids } from '@poligon/emulator-kit';
import type { CaConfig } from '../config.js';
import { withCmsFaults } from '../domain/cms-faults.js';
import type { FaultHints } from '../domain/fault-hints.js';
import { Refusal } from '../domain/refusal.js';
import { requireActive, signingKeyOf, type UnepCertificate } from '../domain/unep-certificate.js';
import { CertificationAuthority } from './certification-authority.js';
import { Delays } from './delays.js';
import { TimestampDesk } from './timestamp-desk.js';

/** A document in full, and the form its signature takes. */
export interface ContentOrder {
  readonly content: Buffer;
  readonly isDetached: boolean;
  readonly level: 'BES' | 'T';
  readonly hints: FaultHints;
  /** The signature value alone. */
  readonly isRaw?: boolean;
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
    @Inject(CONFIG) private readonly config: Pick<CaConfig, 'hasChainInCms'>,
  ) {}

  /** CMS, DER, or the signature value alone. @throws Refusal `wrong_state` unless the certificate is active */
  async sign(
    certificate: UnepCertificate,
    { content, isDetached, level, hints, isRaw }: ContentOrder,
  ): Promise<Buffer> {
    if (hints['hsm-busy'] === true) throw new Refusal('overloaded', 'все слоты HSM заняты, повторите позже');
    await this.clock.sleepUntil(this.clock.monotonicMs() + this.delays.signMs(this.ids.uuid()));
    const nowMs = this.clock.nowMs();
    requireActive(certificate, nowMs);
    const { der } = certificate;
    const keyPair = signingKeyOf(certificate);
    if (isRaw === true) return keyPair.sign(content);
    return withCmsFaults(hints, {
      ...{ keyPair, certificate: der, chain: this.chainOf(certificate), content, detached: isDetached },
      signingTime: new Date(nowMs),
      ...(level === 'T' ? { timestamp: (value: Buffer) => this.timestamps.tokenOver(value) } : {}),
    });
  }

  private chainOf({ serialHex }: UnepCertificate): Buffer[] {
    return this.config.hasChainInCms ? [this.authority.issuerOf(serialHex)] : [];
  }
}
