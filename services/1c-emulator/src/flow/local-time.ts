import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG } from '@poligon/emulator-kit';
import type { OneCConfig } from '../config.js';

const MINUTE_MS = 60_000;

/** The 1C server's own time: dates of the infobase have no zone (1c.md 2.1, Types). */
@Injectable()
export class LocalTime {
  constructor(
    @Inject(CONFIG) private readonly config: OneCConfig,
    private readonly clock: Clock,
  ) {}

  /** `yyyy-MM-ddTHH:mm:ss` */
  now(): string {
    return new Date(this.clock.nowMs() + this.config.utcOffsetMinutes * MINUTE_MS).toISOString().slice(0, 19);
  }
}
