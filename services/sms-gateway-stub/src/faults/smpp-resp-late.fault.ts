import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({
  delayMs: z.number().min(0).max(3_600_000).default(35_000),
});
type Options = z.output<typeof options>;

/** The response comes later than an ESME waits. */
@FaultKind()
export class SmppRespLateFault implements Fault<Options> {
  readonly name = 'smpp-resp-late';
  readonly about = 'the response comes late';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, options: Options): void {
    exchange.delay(options.delayMs);
  }
}
