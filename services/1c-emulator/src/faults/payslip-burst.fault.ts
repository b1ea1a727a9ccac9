import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({
  /** Groups sent side by side. */
  parallel: z.number().int().min(1).max(100).default(16),
  /** Months whose payslips go, the last one among them. */
  months: z.number().int().min(1).max(24).default(1),
});
export type PayslipBurst = z.output<typeof options>;

/** Payday of a large company: the payslips of several months leave at once (1c.md 6). */
@FaultKind()
export class PayslipBurstFault implements Fault<PayslipBurst> {
  readonly name = 'payslip-burst';
  readonly about = 'payslips of several months go out side by side, without the pace of the settings';
  readonly options: z.ZodType<PayslipBurst> = options;

  apply(exchange: Exchange, burst: PayslipBurst): void {
    exchange.hint(this.name, burst);
  }
}
