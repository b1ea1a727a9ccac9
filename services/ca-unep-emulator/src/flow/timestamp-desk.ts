import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Ids } from '@poligon/emulator-kit';
import {
  parseTimestampRequest,
  PkiError,
  TimestampAuthority,
  timestampRejection,
  timestampReply,
  type TimestampMoment,
} from '@poligon/pki';
import type { CaConfig } from '../config.js';
import { CertificationAuthority } from './certification-authority.js';

/** The time-stamping service (RFC 3161). */
@Injectable()
export class TimestampDesk {
  private readonly tsa: TimestampAuthority;

  constructor(
    authority: CertificationAuthority,
    private readonly clock: Clock,
    private readonly ids: Ids,
    @Inject(CONFIG) config: Pick<CaConfig, 'tspPolicy'>,
  ) {
    this.tsa = new TimestampAuthority({
      ...authority.tsa,
      chain: [authority.issuer.certificate],
      policy: config.tspPolicy,
    });
  }

  /** The whole reply, a rejection included. @param skewMs how wrong the clock of the service is */
  answer(request: Buffer, skewMs = 0): Buffer {
    try {
      const parsed = parseTimestampRequest(request);
      const objection = this.tsa.objection(parsed);
      if (objection !== undefined) return timestampRejection(objection, `request refused: ${objection}`);
      return timestampReply(this.tsa.token(parsed, this.moment(skewMs)));
    } catch (failure) {
      if (failure instanceof PkiError) return timestampRejection('badDataFormat', failure.message);
      throw failure;
    }
  }

  /** A token over a signature value, for CAdES-T. */
  tokenOver(signatureValue: Buffer): Buffer {
    return this.tsa.tokenOver(signatureValue, this.moment(0));
  }

  private moment(skewMs: number): TimestampMoment {
    const serial = this.ids.bytes(8);
    serial[0] = serial[0]! & 0x7f || 1;
    return { genTime: new Date(this.clock.nowMs() + skewMs), serial };
  }
}
