import { Clock, FaultKind, ResetOnAdmin, type Exchange, type Fault, type Resettable } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({
  perSecond: z.number().min(0.01).max(1_000_000).default(20),
});
type Options = z.output<typeof options>;

/** Receipts leave no faster than so many a second, whatever comes in. For `smpp.deliver_sm` and `*.callback`. */
@FaultKind()
@ResetOnAdmin()
export class SmppReceiptStarvedFault implements Fault<Options>, Resettable {
  readonly name = 'smpp-receipt-starved';
  readonly about = 'receipts leave at a limited rate';
  readonly options: z.ZodType<Options> = options;
  private nextMs = 0;

  constructor(private readonly clock: Clock) {}

  apply(exchange: Exchange, { perSecond }: Options): void {
    const nowMs = this.clock.monotonicMs();
    this.nextMs = Math.max(nowMs, this.nextMs);
    exchange.delay(this.nextMs - nowMs);
    this.nextMs += 1000 / perSecond;
  }

  reset(): void {
    this.nextMs = 0;
  }
}
