import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, Logger, Tracing } from '@poligon/emulator-kit';

/** Runs what goes on after an answer has left. */
@Injectable()
export class Background implements OnApplicationShutdown {
  private isStopped = false;

  constructor(
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly tracing: Tracing,
  ) {}

  /** Starts `work`; a failure nobody expected is logged and handed to `onFailure`, never thrown. */
  run(name: string, work: () => Promise<void>, onFailure?: (reason: string) => void): void {
    this.tracing.internal(name, work).catch((failure: unknown) => {
      if (this.isStopped) return;
      const reason = failure instanceof Error ? failure.message : String(failure);
      this.logger.error('background.failed', { name, failure: failure instanceof Error ? failure.stack : reason });
      onFailure?.(reason);
    });
  }

  /** Waits; when the process stops meanwhile it ends the work by throwing, so that no loop outlives its service. */
  async pause(ms: number): Promise<void> {
    await this.clock.sleepUntil(this.clock.monotonicMs() + ms);
    if (this.isStopped) throw new Error('stopping');
  }

  onApplicationShutdown(): void {
    this.isStopped = true;
  }
}
