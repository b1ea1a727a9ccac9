import { Injectable } from '@nestjs/common';
import { Clock, Logger } from '@poligon/emulator-kit';

/** Runs what goes on after an answer has left. */
@Injectable()
export class Background {
  constructor(
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Starts `work`; a failure nobody expected is logged and handed to `onFailure`, never thrown. */
  run(name: string, work: () => Promise<void>, onFailure?: (reason: string) => void): void {
    work().catch((failure: unknown) => {
      const reason = failure instanceof Error ? failure.message : String(failure);
      this.logger.error('background.failed', { name, failure: failure instanceof Error ? failure.stack : reason });
      onFailure?.(reason);
    });
  }

  pause(ms: number): Promise<void> {
    return this.clock.sleepUntil(this.clock.monotonicMs() + ms);
  }
}
