import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG } from '@poligon/emulator-kit';
import type { EsiaConfig } from '../../config.js';
import { parseTimestamp } from '../../domain/timestamp.js';
import { oauthError } from '../errors.js';
import { nowOf } from '../skewed-time.js';
import type { CallStep, SignedCall } from './signed-call.js';

/** `timestamp` keeps its form (else 007014, as if it were absent) and lies within the window (007015). */
@Injectable()
export class TimestampStep implements CallStep<SignedCall> {
  readonly name = 'timestamp';

  constructor(
    @Inject(CONFIG) private readonly config: EsiaConfig,
    private readonly clock: Clock,
  ) {}

  check({ parameters, exchange }: SignedCall): void {
    const sentMs = parseTimestamp(parameters.get('timestamp') ?? '', this.config.isHour24Allowed);
    if (sentMs === undefined) throw oauthError('ESIA-007014', { parameter: 'timestamp' });
    const awayMs = Math.abs(nowOf(exchange, this.clock) - sentMs);
    if (awayMs > this.config.timestampWindowS * 1000) throw oauthError('ESIA-007015');
  }
}
