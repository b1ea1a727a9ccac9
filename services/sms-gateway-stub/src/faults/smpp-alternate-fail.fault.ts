import { FaultKind, ResetOnAdmin, type Exchange, type Fault, type Resettable } from '@poligon/emulator-kit';
import { z } from 'zod';
import { endWith } from '../flow/delivery-ends.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** Every second submit fails with ESME_RSYSERR, the others are accepted and not delivered. For `smpp.submit_sm`. */
@FaultKind()
@ResetOnAdmin()
export class SmppAlternateFailFault implements Fault<Options>, Resettable {
  readonly name = 'smpp-alternate-fail';
  readonly about = 'every second submit fails, the others are accepted but not delivered';
  readonly options: z.ZodType<Options> = options;
  private count = 0;

  apply(exchange: Exchange): void {
    this.count += 1;
    if (this.count % 2 === 0) exchange.fail('ESME_RSYSERR');
    else endWith(exchange, { state: 'undeliverable', error: 6 });
  }

  reset(): void {
    this.count = 0;
  }
}
