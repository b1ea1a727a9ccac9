import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** Offline access without a refresh_token. */
@FaultKind()
export class RefreshNotIssuedFault implements Fault<Options> {
  readonly name = 'refresh-not-issued';
  readonly about = 'offline access without a refresh_token';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
