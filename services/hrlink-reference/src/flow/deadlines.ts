import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, ResetOnAdmin } from '@poligon/emulator-kit';

/** Waits that end by themselves unless the awaited thing happens first; at most one per object. */
@ResetOnAdmin()
@Injectable()
export class Deadlines implements OnApplicationShutdown {
  private readonly cancels = new Map<string, () => void>();

  constructor(private readonly clock: Clock) {}

  /** Runs `action` in `delayMs` unless met; replaces an earlier deadline of the object. */
  set(objectId: string, delayMs: number, action: () => void): void {
    this.met(objectId);
    const cancel = this.clock.after(delayMs, () => {
      this.cancels.delete(objectId);
      action();
    });
    this.cancels.set(objectId, cancel);
  }

  met(objectId: string): void {
    this.cancels.get(objectId)?.();
    this.cancels.delete(objectId);
  }

  onApplicationShutdown(): void {
    this.reset();
  }

  reset(): void {
    for (const cancel of this.cancels.values()) cancel();
    this.cancels.clear();
  }
}
