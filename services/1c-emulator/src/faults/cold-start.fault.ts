import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({
  /** Nobody called for that long: the next call is a first one. */
  idleMs: z.number().int().min(0).max(86_400_000).default(30_000),
  /** What the first call takes longer. */
  delayMs: z.number().int().min(0).max(600_000).default(10_000),
});
type Options = z.output<typeof options>;

/** The first call after a pause waits until 1C has its processes and sessions up again (1c.md 4, Live timing; 6). */
@FaultKind()
export class ColdStartFault implements Fault<Options> {
  readonly name = 'cold-start';
  readonly about = 'the first call after a pause is slow';
  readonly options: z.ZodType<Options> = options;
  private lastCallMs = Number.NEGATIVE_INFINITY;

  apply(exchange: Exchange, { idleMs, delayMs }: Options): void {
    const isFirst = exchange.receivedAtMs - this.lastCallMs > idleMs;
    this.lastCallMs = exchange.receivedAtMs;
    if (isFirst) exchange.delay(delayMs);
  }
}
