import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, type CancelTimer } from '@poligon/emulator-kit';
import type { OneCConfig } from '../config.js';

/** The time 1C lives in: the emulator's clock, `ONEC_TIME_SCALE` times faster. Every pause of 1C is counted in it. */
@Injectable()
export class OneCTime {
  private readonly startedAtMs: number;
  private readonly scale: number;

  constructor(
    @Inject(CONFIG) config: OneCConfig,
    readonly clock: Clock,
  ) {
    this.scale = config.timeScale;
    this.startedAtMs = clock.monotonicMs();
  }

  /** Wall time of 1C, milliseconds since the epoch. */
  nowMs(): number {
    return this.clock.nowMs() + (this.scale - 1) * (this.clock.monotonicMs() - this.startedAtMs);
  }

  /** Milliseconds of 1C's time since the start; never jumps. */
  elapsedMs(): number {
    return this.scale * (this.clock.monotonicMs() - this.startedAtMs);
  }

  /** Runs `action` once after that much of 1C's time, yet no later than `maxRealMs` of the emulator's. */
  after(delayMs: number, action: () => void, maxRealMs = Number.MAX_SAFE_INTEGER): CancelTimer {
    // Node's timers hold 31 bits; a longer wait would fire at once.
    return this.clock.after(Math.min(delayMs / this.scale, maxRealMs, 0x7fff_ffff), action);
  }
}
